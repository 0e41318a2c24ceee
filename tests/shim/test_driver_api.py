"""libcuda.so.1: the driver API, beside a shared and beside a static runtime library (which must be one runtime, not two)."""

import os
import shutil
import subprocess
import sys

import pytest
from crosswarp.cuda_api_coverage.derive.driver_api import symbols

from tests.evidence_plugin import note_built

from .conftest import INCLUDE, INPUTS, TARGET, ZIG, run_tool


@pytest.fixture
def device_file(tmp_path, device_object):
    path = tmp_path / "device.so"
    path.write_bytes(device_object)
    return path


def check(done):
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr


@pytest.mark.parametrize("name", ["driver", "driver_contexts", "driver_modules", "driver_memory", "driver_graphs",
                                  "driver_settings", "driver_nodes", "driver_references", "driver_usual"])
def test_with_the_shared_runtime(name, lib64, run_program, device_file, tmp_path):
    program = tmp_path / name
    link = ["-L", lib64, "-lcudart", "-lcuda", f"-Wl,-rpath,{lib64}", "-lpthread", "-o", program]
    flags = ["-std=c++17", "-O1", "-fno-sanitize=all", "-isystem", INCLUDE]
    run_tool([*ZIG, "c++", "-target", TARGET, *flags, INPUTS / f"{name}.cpp", *link])
    note_built(program, INPUTS / f"{name}.cpp")
    check(run_program(program, device_file, CROSSWARP_CPU_DEVICES="2"))


@pytest.mark.skipif(shutil.which("g++") is None, reason="g++ is not installed")
def test_with_the_static_runtime(lib64, run_program, device_file, tmp_path):
    program = tmp_path / "driver"
    libraries = [lib64 / "libcudart_static.a", "-L", lib64, "-lcuda", f"-Wl,-rpath,{lib64}", "-lpthread", "-ldl", "-lrt"]
    command = ["g++", "-std=c++17", "-isystem", INCLUDE, INPUTS / "driver.cpp", *libraries, "-o", program]
    subprocess.run([str(part) for part in command], check=True)
    check(run_program(program, device_file))


@pytest.mark.survey
def test_no_entry_crashes_on_zeros(lib64):
    command = [sys.executable, INPUTS / "driver_sweep.py", lib64 / "libcuda.so.1", *sorted(symbols())]
    settings = {**os.environ, "CROSSWARP_DEVICE": "cpu"}
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60, env=settings)
    assert done.stdout.endswith("done\n"), done.stdout[-300:] + done.stderr[-2000:]
