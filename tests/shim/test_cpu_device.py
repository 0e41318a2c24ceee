"""The runtime on the CPU device, through hand-made code objects: host programs that check themselves (inputs/*.cpp)."""

import shutil
import subprocess

import pytest
from crosswarp.runtime_shim.fatbin.writer import Entry, FatBinary

from .conftest import INCLUDE, INPUTS

PRINTED = "[-5|7|-123456789012|1.50| 1.235e+04|text|Z|   0.0001|ff|0x1234|FEEDFACECAFE|100%]\n"
ILLEGAL_ADDRESS, LAUNCH_TIMEOUT, ASSERT, LAUNCH_FAILURE = 700, 702, 710, 719
NO_KERNEL_IMAGE = 209


@pytest.mark.parametrize("threads", ["1", "2", "5"])
@pytest.mark.parametrize(
    "program", ["basics", "errors", "streams", "graphs", "graphs_nodes", "graphs_shape", "graphs_capture", "leftovers"]
)
def test_program(build_program, run_program, program, threads):
    done = run_program(build_program(program), CROSSWARP_CPU_THREADS=threads)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["done"]), done.stdout + done.stderr
    if program == "basics":
        assert PRINTED in done.stdout
    if program == "errors":
        assert done.stderr == "crosswarp: cudaVDPAUSetVDPAUDevice is not supported\n"


@pytest.mark.parametrize(
    ("kernel", "error", "message"),
    [
        ("null_write", ILLEGAL_ADDRESS, "illegal address 0x8"),
        ("overflow", ILLEGAL_ADDRESS, "illegal address"),
        ("trap", LAUNCH_FAILURE, "trap"),
        ("failing_assert", ASSERT, "kernel.cu:12: void k(): block: [1,0,0], thread: [3,0,0] Assertion `x > 0` failed."),
        ("deadlock", LAUNCH_TIMEOUT, "deadlock"),
    ],
)
def test_fault_is_a_sticky_error(build_program, run_program, kernel, error, message):
    done = run_program(build_program("faults"), kernel, error)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr
    assert message in done.stderr


def soak(build_program, run_program, calls, seconds):
    """Books of kernels, copies and callbacks are kept by inputs/soak.cpp, and what is alive in the end is counted there."""
    done = run_program(build_program("soak"), calls, 8, seconds=seconds)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["done"]), done.stdout + done.stderr


def test_mixed_calls_of_several_threads(build_program, run_program):
    soak(build_program, run_program, 200_000, 120)


@pytest.mark.soak
def test_ten_million_mixed_calls(build_program, run_program):
    soak(build_program, run_program, 10_000_000, 3600)


def test_program_may_end_while_a_kernel_runs(build_program, run_program):
    done = run_program(build_program("leaves"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_no_image_for_the_device(build_program, run_program, tmp_path):
    other = tmp_path / "other.fatbin"
    other.write_bytes(FatBinary([Entry(2, "gfx1100", b"x")]).to_bytes())
    done = run_program(build_program("basics"), CW_TEST_FATBIN=str(other))
    assert f"is {NO_KERNEL_IMAGE}, expected cudaSuccess" in done.stdout


@pytest.mark.parametrize(
    ("device", "message"), [("emu:gfx7", "no such emulated device"), ("tpu", "unknown"), ("amd", "libamdhip64")]
)
def test_unavailable_device_is_named(build_program, run_program, device, message):
    done = run_program(build_program("basics"), CROSSWARP_DEVICE=device)
    assert done.returncode != 0
    assert f"crosswarp: CROSSWARP_DEVICE={device}: " in done.stderr
    assert message in done.stderr


@pytest.mark.skipif(shutil.which("g++") is None, reason="g++ is not installed")
def test_static_library_links_with_the_system_compiler(lib64, run_program, tmp_path):
    program = tmp_path / "static"
    library = [lib64 / "libcudart_static.a", "-lpthread", "-ldl", "-lrt"]
    command = ["g++", "-std=c++17", "-isystem", INCLUDE, INPUTS / "basics.cpp", *library, "-o", program]
    subprocess.run([str(part) for part in command], check=True)
    done = run_program(program)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["done"]), done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is not installed")
def test_static_library_needs_no_cpp_runtime(lib64, run_program, tmp_path):
    source = tmp_path / "plain.c"
    source.write_text(
        "#include <cuda_runtime_api.h>\nint main(void) { int n = 0; return cudaGetDeviceCount(&n) != 0 || n != 1; }\n"
    )
    library = [lib64 / "libcudart_static.a", "-lpthread", "-ldl", "-lrt"]
    command = ["gcc", "-isystem", INCLUDE, source, *library, "-o", tmp_path / "plain"]
    subprocess.run([str(part) for part in command], check=True)
    assert run_program(tmp_path / "plain").returncode == 0


def test_exports_are_api_entries_only(lib64):
    if shutil.which("nm") is None:
        pytest.skip("nm is not installed")
    listing = subprocess.run(
        ["nm", "-D", "--defined-only", str(lib64 / "libcudart.so.12")], capture_output=True, text=True, check=True
    )
    names = {line.split()[-1].split("@")[0] for line in listing.stdout.splitlines()}
    assert {"cudaMalloc", "cudaLaunchKernel", "__cudaRegisterFatBinary"} <= names
    assert not {name for name in names - {"libcudart.so.12"} if not name.startswith(("cuda", "__cuda", "__cw_"))}
