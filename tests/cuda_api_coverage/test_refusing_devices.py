"""What refusing_devices.toml says that GPUs refuse is refused by an emulated one, and works on the CPU."""

import json
import os
import subprocess
import sys

import pytest
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.derive.refusing_devices import refusing_devices
from crosswarp.support.paths import library_dir

# Entries that need nothing which a refused one makes; the sizes of CUmemAllocationProp's fields are documented.
PROGRAM = """
import ctypes, json, sys
cuda = ctypes.CDLL(sys.argv[1])
u64 = ctypes.c_ulonglong
device, context, memory, out = ctypes.c_int(), ctypes.c_void_p(), u64(), u64()
properties = (ctypes.c_int * 8)(1, 0, 1, 0)  # pinned, no handles, on device 0
assert cuda.cuInit(0) == 0 and cuda.cuDevicePrimaryCtxRetain(ctypes.byref(context), 0) == 0
assert cuda.cuCtxSetCurrent(context) == 0 and cuda.cuMemAlloc_v2(ctypes.byref(memory), ctypes.c_size_t(4096)) == 0
size = ctypes.c_size_t(2 << 20)
print(json.dumps({
    "cuMemGetAllocationGranularity": cuda.cuMemGetAllocationGranularity(ctypes.byref(out), properties, 0),
    "cuMemCreate": cuda.cuMemCreate(ctypes.byref(out), size, properties, u64(0)),
    "cuMemAddressReserve": cuda.cuMemAddressReserve(ctypes.byref(out), size, ctypes.c_size_t(0), u64(0), u64(0)),
    "cuStreamWriteValue32": cuda.cuStreamWriteValue32_v2(None, memory, 7, 0),
    "cuStreamWaitValue32": cuda.cuStreamWaitValue32_v2(None, memory, 7, 0),
    "cuStreamWriteValue64": cuda.cuStreamWriteValue64_v2(None, memory, u64(7), 0),
    "cuStreamWaitValue64": cuda.cuStreamWaitValue64_v2(None, memory, u64(7), 0),
}))
"""


def answers(device: str) -> dict[str, int]:
    folder = str(library_dir())
    environment = {**os.environ, "CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": folder}
    command = [sys.executable, "-c", PROGRAM, f"{folder}/libcuda.so.1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(("device", "code"), [("cpu", 0), ("emu:gfx1100", 801)])
def test_devices_answer_as_the_table_says(device, code):
    found = answers(device)
    assert found == dict.fromkeys(found, code)
    assert all(Device.EMULATED in refusing_devices()[name] and Device.CPU not in refusing_devices()[name] for name in found)
