"""The whole AMD path with real results: the programs of the CPU device's tests on emulated GPUs, through HIP's functions.

Left out is what only the CPU device promises or has: its limits, checks of pointers, clusters, memory of other processes.
"""

from __future__ import annotations

import pytest
from crosswarp.support.paths import library_dir

from .conftest import INCLUDE, INPUTS, TARGET, ZIG, run_tool
from .test_cpu_device import ASSERT, ILLEGAL_ADDRESS, LAUNCH_FAILURE, PRINTED

ARCHITECTURES = ("gfx1100", "gfx942")


@pytest.fixture(scope="session")
def compiled(crosswarp_nvcc, crosswarp, tmp_path_factory):
    """Code for the kernels of device.cu: a fat binary, and a code object of gfx1100."""
    folder = tmp_path_factory.mktemp("emulated")
    crosswarp_nvcc("--fatbin", f"--targets={','.join(ARCHITECTURES)}", INPUTS / "device.cu", "-o", folder / "device.fatbin")
    crosswarp("emit", "--stage", "gfx1100.hsaco", INPUTS / "device.cu", "-o", folder / "device.hsaco")
    return folder


@pytest.fixture
def emulate(run_program, compiled):
    """Runs a program on emulated GPUs."""

    def run(program, devices, *arguments, **environment):
        settings = {"CROSSWARP_DEVICE": f"emu:{devices}", "CROSSWARP_EMU_MULTIPROCESSORS": "4"}
        return run_program(program, *arguments, CW_TEST_FATBIN=str(compiled / "device.fatbin"), **settings, **environment)

    return run


@pytest.mark.parametrize("arch", ARCHITECTURES)
@pytest.mark.parametrize("program", ["basics", "streams", "batches", "graphs", "graphs_shape", "leaves"])
def test_program(build_program, emulate, program, arch):
    done = emulate(build_program(program), arch)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["done"]), done.stdout + done.stderr
    assert program != "basics" or PRINTED in done.stdout


@pytest.mark.parametrize(("program", "devices"), [("devices", 3), ("managed_memory", 2)])
def test_several_devices(build_program, emulate, program, devices):
    done = emulate(build_program(program), ",".join(["gfx1100"] * devices))
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("kernel", "error", "message"),
    [
        ("null_write", ILLEGAL_ADDRESS, "kernel null_write, block ("),
        ("trap", LAUNCH_FAILURE, ""),
        ("failing_assert", ASSERT, "void failing_assert(): block: [1,0,0], thread: [0,0,0] Assertion `x > 0` failed."),
    ],
)
def test_fault_is_a_sticky_error(build_program, emulate, kernel, error, message):
    done = emulate(build_program("faults"), "gfx1100", kernel, error)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr
    assert message in done.stderr


def test_mixed_calls_of_several_threads(build_program, emulate):
    done = emulate(build_program("soak"), "gfx1100", 20_000, 8)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["done"]), done.stdout + done.stderr


def test_driver_api(lib64, emulate, compiled, tmp_path):
    program = tmp_path / "driver"
    link = ["-L", lib64, "-lcudart", "-lcuda", f"-Wl,-rpath,{lib64}", "-lpthread", "-o", program]
    flags = ["-std=c++17", "-O1", "-fno-sanitize=all", "-isystem", INCLUDE]
    run_tool([*ZIG, "c++", "-target", TARGET, *flags, INPUTS / "driver.cpp", *link])
    done = emulate(program, "gfx1100,gfx1100", compiled / "device.hsaco")
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr


def test_graphs_keep_arguments(crosswarp_nvcc, run_program, lib64, tmp_path):
    program = tmp_path / "graph_gpu"
    crosswarp_nvcc(INPUTS / "graph_gpu.cu", "-o", program, env={"CROSSWARP_TARGETS": "gfx90a,cpu"})
    done = run_program(program, CROSSWARP_DEVICE="emu:gfx90a", LD_LIBRARY_PATH=str(library_dir()))
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
