"""`libcrosswarp_amdhip64.so` by its C ABI, as a HIP program calls it: devices, memory, streams, events, pools, modules, errors."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from crosswarp.support.paths import library_dir
from crosswarp.support.toolchain import clang_command, lld_command, tool_environment

INVALID_VALUE, OUT_OF_MEMORY, INVALID_CONFIGURATION, INVALID_DEVICE = 1, 2, 9, 101
INVALID_HANDLE, NOT_FOUND, NOT_READY, ILLEGAL_ADDRESS, TOO_MANY_RESOURCES, TOO_LARGE = 400, 500, 600, 700, 701, 720
NOT_SUPPORTED, DEFAULT = 801, 4
HOST_FUNCTION = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class Hip:
    """The library; `hip.hipFree(pointer)` fails the test on an error, `hip.error("hipFree", pointer)` returns it."""

    def __init__(self) -> None:
        os.environ["CROSSWARP_EMU_DEVICES"] = "gfx1100,gfx942"
        os.environ["CROSSWARP_EMU_MULTIPROCESSORS"] = "2"
        self.library = ctypes.CDLL(str(library_dir() / "libcrosswarp_amdhip64.so"))

    def error(self, name: str, *arguments) -> int:
        return getattr(self.library, name)(*arguments)

    def __getattr__(self, name: str):
        def call(*arguments) -> None:
            assert self.error(name, *arguments) == 0, name

        return call

    def made(self, name: str, *arguments) -> ctypes.c_void_p:
        """What a function that fills a handle or pointer first made."""
        out = ctypes.c_void_p()
        getattr(self, name)(ctypes.byref(out), *arguments)
        return out

    def number(self, name: str, *arguments) -> int:
        out = ctypes.c_int()
        getattr(self, name)(ctypes.byref(out), *arguments)
        return out.value


@pytest.fixture(scope="module")
def hip() -> Hip:
    return Hip()


def size(value: int) -> ctypes.c_size_t:
    return ctypes.c_size_t(value)


def address(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def test_devices(hip: Hip) -> None:
    hip.hipInit(0)
    assert hip.number("hipGetDeviceCount") == 2
    assert hip.error("hipSetDevice", 2) == INVALID_DEVICE
    assert hip.library.hipPeekAtLastError() == INVALID_DEVICE
    assert hip.library.hipGetLastError() == INVALID_DEVICE
    assert hip.library.hipGetLastError() == 0
    properties = ctypes.create_string_buffer(2048)
    hip.hipGetDevicePropertiesR0600(properties, 1)
    assert properties.raw.startswith(b"Emulated gfx942\0")
    assert properties.raw[1160:].startswith(b"gfx942:sramecc+:xnack-\0")
    warp_size, processors, lds, lds_of_processor = 87, 63, 74, 76
    assert [hip.number("hipDeviceGetAttribute", warp_size, device) for device in (0, 1)] == [32, 64]
    assert hip.number("hipDeviceGetAttribute", processors, 0) == 2
    assert hip.number("hipDeviceGetAttribute", lds, 1) == 65536
    assert hip.number("hipDeviceGetAttribute", lds_of_processor, 0) == 65536  # no block of gfx1100 gets the 128 KiB of two units
    assert hip.error("hipDeviceGetAttribute", ctypes.byref(ctypes.c_int()), 9000, 0) == INVALID_VALUE
    name = ctypes.create_string_buffer(64)
    hip.hipDeviceGetName(name, 64, 0)
    assert name.value == b"Emulated gfx1100"


def test_contexts_are_devices(hip: Hip) -> None:
    second = hip.made("hipDevicePrimaryCtxRetain", 1)
    hip.hipCtxSetCurrent(second)
    assert (hip.number("hipGetDevice"), hip.number("hipCtxGetDevice")) == (1, 1)
    assert hip.made("hipCtxGetCurrent").value == second.value
    hip.made("hipCtxCreate", 0, 0)
    assert hip.number("hipGetDevice") == 0
    assert hip.error("hipCtxSetCurrent", ctypes.c_void_p(64)) == 201
    hip.hipDevicePrimaryCtxRelease(1)


def test_error_texts(hip: Hip) -> None:
    for function in ("hipGetErrorName", "hipGetErrorString"):
        getattr(hip.library, function).restype = ctypes.c_char_p
    assert hip.library.hipGetErrorName(ILLEGAL_ADDRESS) == b"hipErrorIllegalAddress"
    assert hip.library.hipGetErrorString(OUT_OF_MEMORY) == b"out of memory"
    assert hip.library.hipGetErrorName(12345) == b"hipErrorUnknown"


def test_copies_and_fills(hip: Hip) -> None:
    device = hip.made("hipMalloc", size(4096))
    host = np.arange(1024, dtype=np.uint32)
    back = np.zeros_like(host)
    hip.hipMemcpy(device, address(host), size(4096), DEFAULT)
    hip.hipMemsetD32(ctypes.c_void_p(device.value + 16), 7, size(2))
    hip.hipMemsetD16(ctypes.c_void_p(device.value + 32), 0x1234, size(2))
    hip.hipMemset2D(ctypes.c_void_p(device.value + 64), size(32), 0xFF, size(4), size(3))
    hip.hipMemcpyAsync(address(back), device, size(4096), DEFAULT, None)
    host[4:6] = 7
    host[8] = 0x12341234
    host[16:40:8] = 0xFFFFFFFF
    np.testing.assert_array_equal(back, host)
    square = np.zeros((3, 2), np.uint32)
    hip.hipMemcpy2D(address(square), size(8), device, size(32), size(8), size(3), DEFAULT)
    np.testing.assert_array_equal(square, host.reshape(-1, 8)[:3, :2])
    hip.hipFree(device)


def test_wrong_memory(hip: Hip) -> None:
    device = hip.made("hipMalloc", size(100))
    outside = ctypes.c_void_p(device.value + 90)
    assert hip.error("hipMemset", outside, 0, size(11)) == INVALID_VALUE
    assert hip.error("hipMemcpy", outside, device, size(11), 3) == INVALID_VALUE
    assert hip.error("hipMemcpy", device, device, size(1), 5) == 21
    assert hip.error("hipFree", outside) == INVALID_VALUE
    assert hip.error("hipHostFree", device) == INVALID_VALUE
    assert hip.error("hipMalloc", ctypes.byref(ctypes.c_void_p()), size(1 << 60)) == OUT_OF_MEMORY
    hip.hipFree(device)
    assert hip.error("hipFree", device) == INVALID_VALUE
    hip.hipFree(None)


def test_fresh_memory_is_zero(hip: Hip) -> None:
    """Also where freed memory held something."""
    for count in (100, 5000):
        before = hip.made("hipMalloc", size(count))
        hip.hipMemset(before, 0xA5, size(count))
        hip.hipFree(before)
        memory = hip.made("hipMalloc", size(count))
        assert ctypes.string_at(memory.value, count) == bytes(count)
        hip.hipFree(memory)


def test_kinds_of_memory(hip: Hip) -> None:
    class Attributes(ctypes.Structure):
        _fields_ = [("type", ctypes.c_int), ("device", ctypes.c_int), ("device_pointer", ctypes.c_void_p),
                    ("host_pointer", ctypes.c_void_p), ("managed", ctypes.c_int), ("flags", ctypes.c_uint)]

    def kind(memory) -> int:
        out = Attributes()
        hip.hipPointerGetAttributes(ctypes.byref(out), memory)
        return out.type

    own = np.zeros(4096, np.uint8)
    made = [hip.made("hipHostMalloc", size(64), 0), hip.made("hipMalloc", size(64)), hip.made("hipMallocManaged", size(64), 1)]
    assert [kind(memory) for memory in made] == [1, 2, 3]
    assert kind(address(own)) == 0
    hip.hipHostRegister(address(own), size(own.nbytes), 0)
    assert kind(address(own)) == 1
    assert hip.error("hipHostRegister", address(own[100:]), size(16), 0) == 712
    assert hip.made("hipHostGetDevicePointer", address(own), 0).value == own.ctypes.data
    hip.hipHostUnregister(address(own))
    assert hip.error("hipHostUnregister", address(own)) == 713
    hip.hipHostFree(made[0])
    hip.hipFree(made[1])
    hip.hipFree(made[2])


class Gate:
    """A function in a stream that ends when it is told to."""

    def __init__(self) -> None:
        self.open = False
        self.function = HOST_FUNCTION(self._wait)

    def _wait(self, _: int) -> None:
        while not self.open:
            time.sleep(0.001)


@pytest.mark.parametrize(("flags", "waits"), [(0, True), (1, False)])
def test_null_stream_and_others(hip: Hip, flags: int, waits: bool) -> None:
    hip.library.hipGetLastError()
    stream, gate = hip.made("hipStreamCreateWithFlags", flags), Gate()
    hip.hipLaunchHostFunc(stream, gate.function, None)
    event = hip.made("hipEventCreateWithFlags", 0)
    hip.hipEventRecord(event, None)
    if not waits:
        hip.hipEventSynchronize(event)
    assert hip.error("hipEventQuery", event) == (NOT_READY if waits else 0)
    assert hip.error("hipStreamQuery", stream) == NOT_READY
    assert hip.error("hipStreamQuery", None) == (NOT_READY if waits else 0)
    assert hip.library.hipGetLastError() == 0
    gate.open = True
    hip.hipDeviceSynchronize()
    hip.hipEventQuery(event)
    hip.hipStreamDestroy(stream)
    hip.hipEventDestroy(event)
    assert hip.error("hipStreamQuery", stream) == INVALID_HANDLE
    assert hip.error("hipEventQuery", event) == INVALID_HANDLE


def test_events_order_streams_and_tell_times(hip: Hip) -> None:
    first, second = hip.made("hipStreamCreateWithFlags", 1), hip.made("hipStreamCreateWithFlags", 1)
    start, end, plain = hip.made("hipEventCreate"), hip.made("hipEventCreate"), hip.made("hipEventCreateWithFlags", 2)
    order: list[int] = []
    gate, note = Gate(), HOST_FUNCTION(lambda what: order.append(what or 0))
    hip.hipEventRecord(start, first)
    hip.hipLaunchHostFunc(first, gate.function, None)
    hip.hipLaunchHostFunc(first, note, ctypes.c_void_p(1))
    hip.hipEventRecord(end, first)
    hip.hipStreamWaitEvent(second, end, 0)
    hip.hipLaunchHostFunc(second, note, ctypes.c_void_p(2))
    milliseconds = ctypes.c_float()
    assert hip.error("hipEventElapsedTime", ctypes.byref(milliseconds), start, end) == NOT_READY
    hip.hipEventSynchronize(start)  # its time is taken
    time.sleep(0.02)
    gate.open = True
    hip.hipStreamSynchronize(second)
    assert order == [1, 2]
    hip.hipEventElapsedTime(ctypes.byref(milliseconds), start, end)
    assert milliseconds.value >= 20
    assert hip.error("hipEventElapsedTime", ctypes.byref(milliseconds), plain, end) == INVALID_HANDLE
    for event in (start, end, plain):
        hip.hipEventDestroy(event)
    for stream in (first, second):
        hip.hipStreamDestroy(stream)


def test_memory_in_stream_order(hip: Hip) -> None:
    stream, gate = hip.made("hipStreamCreate"), Gate()
    pool = hip.made("hipDeviceGetDefaultMemPool", 0)
    used, value = 7, ctypes.c_uint64()
    hip.hipMemPoolGetAttribute(pool, used, ctypes.byref(value))
    before = value.value
    memory = hip.made("hipMallocAsync", size(1000), stream)
    hip.hipLaunchHostFunc(stream, gate.function, None)
    hip.hipFreeAsync(memory, stream)
    hip.hipMemPoolGetAttribute(pool, used, ctypes.byref(value))
    assert value.value == before + 1024
    gate.open = True
    hip.hipStreamSynchronize(stream)
    hip.hipMemPoolGetAttribute(pool, used, ctypes.byref(value))
    assert value.value == before
    assert hip.error("hipFreeAsync", memory, stream) == INVALID_VALUE
    hip.hipStreamDestroy(stream)


def test_peers_and_other_processes(hip: Hip) -> None:
    assert hip.number("hipDeviceCanAccessPeer", 0, 1) == 1
    hip.hipDeviceEnablePeerAccess(1, 0)
    assert hip.error("hipDeviceEnablePeerAccess", 1, 0) == 704
    hip.hipDeviceDisablePeerAccess(1)
    assert hip.error("hipDeviceDisablePeerAccess", 1) == 705
    assert hip.error("hipIpcGetMemHandle", ctypes.create_string_buffer(64), None) == NOT_SUPPORTED


KERNELS = """
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
extern "C" {
__device__ int offset = 5;
__global__ __attribute__((amdgpu_flat_work_group_size(1, 128))) void add(int* out, char scale, int value) {
  out[__builtin_amdgcn_workgroup_id_x() * __builtin_amdgcn_workgroup_size_x() + __builtin_amdgcn_workitem_id_x()]
      += scale * value + offset;
}
__global__ void crash(int* where) { *where = 1; }
}
"""


@pytest.fixture(scope="module")
def code_object(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hip")
    source, assembly, objects, linked = (folder / f"kernels{suffix}" for suffix in (".hip", ".s", ".o", ".hsaco"))
    source.write_text(KERNELS)
    common = ["-x", "hip", "--offload-arch=gfx1100", "--offload-device-only", "-nogpuinc", "-nogpulib", "-O2"]
    for command in (clang_command(*common, "-S", str(source), "-o", str(assembly)),
                    clang_command("-target", "amdgcn-amd-amdhsa", "-mcpu=gfx1100", "-c", str(assembly), "-o", str(objects)),
                    lld_command("-shared", str(objects), "-o", str(linked))):
        done = subprocess.run(command, capture_output=True, text=True, env=tool_environment())
        assert done.returncode == 0, done.stderr
    return linked


class Arguments(ctypes.Structure):
    _fields_ = [("out", ctypes.c_void_p), ("scale", ctypes.c_char), ("value", ctypes.c_int)]


def test_modules_and_launches(hip: Hip, code_object: Path) -> None:
    module = hip.made("hipModuleLoad", str(code_object).encode())
    add = hip.made("hipModuleGetFunction", module, b"add")
    assert hip.error("hipModuleGetFunction", ctypes.byref(ctypes.c_void_p()), module, b"subtract") == NOT_FOUND
    variable, bytes_ = ctypes.c_void_p(), ctypes.c_size_t()
    hip.hipModuleGetGlobal(ctypes.byref(variable), ctypes.byref(bytes_), module, b"offset")
    assert bytes_.value == 4
    assert hip.number("hipFuncGetAttribute", 0, add) == 128

    out = hip.made("hipMalloc", size(800))
    hip.hipMemset(out, 0, size(800))
    values = Arguments(out.value, b"\x03", 7)
    pointers = (ctypes.c_void_p * 3)(*[ctypes.addressof(values) + field.offset
                                       for field in (Arguments.out, Arguments.scale, Arguments.value)])
    shape = (2, 1, 1, 100, 1, 1, 0)
    hip.hipModuleLaunchKernel(add, *shape, None, pointers, None)
    new = np.array([-1], np.int32)
    hip.hipMemcpy(variable, address(new), size(4), DEFAULT)
    length = ctypes.c_size_t(ctypes.sizeof(values))
    extra = (ctypes.c_void_p * 5)(1, ctypes.addressof(values), 2, ctypes.addressof(length), 3)
    hip.hipModuleLaunchKernel(add, *shape, None, None, extra)
    result = np.zeros(200, np.int32)
    hip.hipMemcpy(address(result), out, size(800), DEFAULT)
    np.testing.assert_array_equal(result, 26 + 20)

    assert hip.error("hipModuleLaunchKernel", add, 1, 1, 1, 256, 1, 1, 0, None, pointers, None) == TOO_MANY_RESOURCES
    assert hip.error("hipModuleLaunchKernel", add, 1, 1, 1, 2048, 1, 1, 0, None, pointers, None) == INVALID_CONFIGURATION
    assert hip.error("hipModuleLaunchKernel", add, 0, 1, 1, 32, 1, 1, 0, None, pointers, None) == INVALID_CONFIGURATION
    assert hip.error("hipModuleLaunchKernel", add, 1, 1, 1, 32, 1, 1, 70000, None, pointers, None) == INVALID_VALUE
    assert hip.error("hipModuleLaunchCooperativeKernel", add, 65, 1, 1, 32, 1, 1, 0, None, pointers) == TOO_LARGE
    assert hip.number("hipModuleOccupancyMaxActiveBlocksPerMultiprocessor", add, 128, size(0)) == 16
    assert hip.number("hipModuleOccupancyMaxActiveBlocksPerMultiprocessor", add, 128, size(65536)) == 2
    hip.hipModuleUnload(module)
    assert hip.error("hipModuleLaunchKernel", add, *shape, None, pointers, None) == 98
    hip.hipFree(out)


def test_what_is_not_a_module(hip: Hip, code_object: Path) -> None:
    hip.hipSetDevice(1)
    assert hip.error("hipModuleLoad", ctypes.byref(ctypes.c_void_p()), str(code_object).encode()) == 209
    hip.hipSetDevice(0)
    assert hip.error("hipModuleLoadData", ctypes.byref(ctypes.c_void_p()), b"no code object" * 10) == 200
    assert hip.error("hipModuleLoad", ctypes.byref(ctypes.c_void_p()), b"/nowhere") == 301


def test_fault_of_a_kernel_stays_until_reset(code_object: Path) -> None:
    """In a process of its own, to see what it says."""
    program = f"""
from test_hip_library import *
hip = Hip()
module = hip.made("hipModuleLoad", {str(code_object)!r}.encode())
where = ctypes.c_void_p(64)
pointers = (ctypes.c_void_p * 1)(ctypes.addressof(where))
hip.hipModuleLaunchKernel(hip.made("hipModuleGetFunction", module, b"crash"), 1, 1, 1, 1, 1, 1, 0, None, pointers, None)
print(hip.error("hipDeviceSynchronize"), hip.error("hipMalloc", ctypes.byref(where), size(8)))
hip.hipDeviceReset()
hip.hipFree(hip.made("hipMalloc", size(8)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parent, timeout=60)
    assert done.stdout == f"{ILLEGAL_ADDRESS} {ILLEGAL_ADDRESS}\n", done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("crosswarp: ") and "crash" in line and "global_store" in line
