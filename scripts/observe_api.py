"""Calls every entry of the runtime API on each device and keeps what it answers in cuda_api_coverage/calling/observed.tsv.

The AMD and NVIDIA devices run on the libraries that record calls (tests/shim/inputs/fake_gpu.c): an entry works there when it gets
through to the vendor's function. The emulated AMD GPU is Crosswarp's own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

from crosswarp.cuda_api_coverage.calling.answers import DEVICES, write_observed
from crosswarp.cuda_api_coverage.calling.observe import Setting, observe
from crosswarp.cuda_api_coverage.calling.sweep import sweep
from crosswarp.cuda_api_coverage.calling.world import DeviceCode
from crosswarp.support.paths import library_dir

INPUTS = Path(__file__).resolve().parent.parent / "tests" / "shim" / "inputs"
INCLUDE = INPUTS.parents[2] / "runtime_shim" / "include"
COMPILE = [sys.executable, "-m", "ziglang", "cc", "-target", "x86_64-linux-gnu.2.17", "-std=c11", "-O1", "-fno-sanitize=all",
           "-fPIC", "-shared", "-I", str(INCLUDE)]
NVCC = [sys.executable, "-c", "import sys; from crosswarp.driver.nvcc import main; sys.exit(main())", "--targets=cpu,gfx90a,sm_80"]


def build(folder: Path) -> None:
    """The fat binary and the recording libraries."""
    for name, words in {"libamdhip64.so": ["-DHIP"], "libcuda.so.1": []}.items():
        subprocess.run([*COMPILE, *words, str(INPUTS / "fake_gpu.c"), "-o", str(folder / name)], check=True)
    subprocess.run([*NVCC, "--fatbin", str(INPUTS / "observed.cu"), "-o", str(folder / "code.fatbin")], check=True)


def setting(folder: Path) -> Setting:
    """What build() made there, and the runtime."""
    return Setting(library_dir() / "libcudart.so.12", DeviceCode(folder / "code.fatbin", "add_value", "table", "managed_value"))


def environment(device: str, folder: Path) -> dict[str, str]:
    """The variables that choose a device: two CPUs, two emulated AMD GPUs, or two of a vendor's recording library."""
    if device == "emulated":
        return {"CROSSWARP_DEVICE": "emu:gfx90a,gfx90a", "LD_LIBRARY_PATH": str(library_dir())}
    return {"CROSSWARP_DEVICE": device, "CROSSWARP_CPU_DEVICES": "2", "CW_TEST_LOG": "/dev/null", "CW_TEST_DEVICES": "2",
            "CROSSWARP_HIP_LIBRARY": str(folder / "libamdhip64.so"), "CROSSWARP_NVIDIA_LIBRARY": str(folder / "libcuda.so.1")}


def answers_of(device: str, folder: Path) -> dict[str, int]:
    """In a process of its own: the environment is read when the runtime starts."""
    command = [sys.executable, __file__, "--on-this-device", str(folder)]
    done = subprocess.run(command, env={**os.environ, **environment(device, folder)}, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True, text=True)
    found: dict[str, int] = json.loads(done.stdout)
    return found


def observe_all() -> dict[str, dict[str, int]]:
    """Device to entry to error code."""
    with tempfile.TemporaryDirectory() as scratch:
        build(Path(scratch))
        return {device: answers_of(device, Path(scratch)) for device in DEVICES}


def main() -> None:
    """Command line."""
    if sys.argv[1:2] == ["--on-this-device"]:
        print(json.dumps(observe(setting(Path(sys.argv[2])))))
    elif sys.argv[1:2] == ["--sweep-this-device"]:
        print(json.dumps([astuple(answer) for answer in sweep(setting(Path(sys.argv[2])))]))
    else:
        write_observed(observe_all())


if __name__ == "__main__":
    main()
