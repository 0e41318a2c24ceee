"""Builds what the runtime's tests share: the libraries, a hand-made CPU code object in a fat binary, host programs."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from crosswarp.runtime_shim.fatbin.writer import Entry, FatBinary

from tests.evidence_plugin import note_built

INPUTS = Path(__file__).parent / "inputs"
ROOT = Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "runtime_shim" / "include"
TARGET = "x86_64-linux-gnu.2.17"
LIBRARY = {"amd": "CROSSWARP_HIP_LIBRARY", "nvidia": "CROSSWARP_NVIDIA_LIBRARY"}  # what opens another library in its place
ZIG = [sys.executable, "-m", "ziglang"]
OBJECT_FLAGS = ["-O1", "-fno-sanitize=all", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-nostdlib", "-I", str(INCLUDE)]


def run_tool(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="session")
def lib64():
    """The runtime libraries, built from the sources as they are now."""
    out = ROOT / "_native"
    out.mkdir(exist_ok=True)
    with (out / ".shim-tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run_tool([sys.executable, ROOT / "runtime_shim" / "build.py", "--out", out])
    return out / "lib64"


@pytest.fixture(scope="session")
def device_object(tmp_path_factory):
    """The shared object of inputs/device.c."""
    path = tmp_path_factory.mktemp("device") / "device.so"
    run_tool([*ZIG, "cc", "-target", TARGET, "-std=c11", *OBJECT_FLAGS, INPUTS / "device.c", "-o", path])
    return path.read_bytes()


@pytest.fixture(scope="session")
def fat_binary(tmp_path_factory, device_object):
    """A fat binary with a CPU image (compressed) after one for another processor."""
    path = tmp_path_factory.mktemp("fatbin") / "test.fatbin"
    path.write_bytes(FatBinary([Entry(2, "gfx1100", b"\x7fELF"), Entry(1, "x86-64", device_object, True)]).to_bytes())
    return path


@pytest.fixture(scope="session")
def build_program(tmp_path_factory, lib64):
    """Compiles inputs/<name>.cpp into a program that uses the shared runtime, once a session."""
    folder = tmp_path_factory.mktemp("programs")

    def build(name):
        program = folder / name
        if not program.exists():
            link = ["-L", lib64, "-lcudart", f"-Wl,-rpath,{lib64}", "-lpthread", "-o", program]
            flags = ["-std=c++17", "-O1", "-fno-sanitize=all", "-isystem", INCLUDE]
            run_tool([*ZIG, "c++", "-target", TARGET, *flags, INPUTS / f"{name}.cpp", *link])
            note_built(program, INPUTS / f"{name}.cpp")
        return program

    return build


@pytest.fixture
def run_program(fat_binary):
    """Runs a program with the test's fat binary; extra environment by keyword."""

    def run(program, *arguments, seconds=60, **environment):
        settings = {"CROSSWARP_DEVICE": "cpu", "CROSSWARP_CPU_THREADS": "3", "CW_TEST_FATBIN": str(fat_binary)}
        command = [str(program), *map(str, arguments)]
        variables = {**os.environ, **settings, **environment}
        return subprocess.run(command, capture_output=True, text=True, timeout=seconds, env=variables)

    return run


@pytest.fixture(scope="session")
def fake(tmp_path_factory):
    """Builds the recording library of a vendor."""
    folder = tmp_path_factory.mktemp("fake")

    def build(kind):
        path = folder / {"amd": "libamdhip64.so", "nvidia": "libcuda.so.1"}[kind]
        if not path.exists():
            flags = ["-std=c11", "-O1", "-fno-sanitize=all", "-Wall", "-Wextra", "-fPIC", "-shared", "-I", INCLUDE]
            define = ["-DHIP"] if kind == "amd" else []
            run_tool([*ZIG, "cc", "-target", TARGET, *flags, *define, INPUTS / "fake_gpu.c", "-o", path])
        return path

    return build
