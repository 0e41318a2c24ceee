"""Functions, calls, tables, variables and memory of a PTX module: in the interpreter, on the CPU and on emulated AMD GPUs."""

from math import factorial
from pathlib import Path

import pytest
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.ptx.module import read_ptx_module
from crosswarp.ir.verifier import verify_module

INPUTS = Path(__file__).parent / "inputs"
MODULE = INPUTS / "features.ptx"
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19)
GIVEN = (5, 60, 700)
KERNELS = {
    "recursion": lambda t: factorial(t % 5),
    "through_pointers": lambda t: t % 7 * 3 if t % 2 else factorial(t % 7),
    "structs": lambda t: (60 * 100 + t) * 100 + 5 + t,
    "tables": lambda t: t + (100, 100, 1100)[t % 3],
    "shared": lambda t: (31 - t) * 10000 + (t ^ 1) ** 2,
    "memory": lambda t: (t * 100 + PRIMES[t % 8]) * 100 + (40 if t % 2 else 20),
    "ends": lambda t: 7 if t >= 20 else t if t % 3 else 0,
}
EXPECTED = [[model(thread) for thread in range(32)] for model in KERNELS.values()]


def test_in_the_interpreter():
    module = read_ptx_module(MODULE.read_text(), "features.ptx")
    verify_module(module, portable=True)
    for kernel, expected in zip(KERNELS, EXPECTED, strict=True):
        machine, out = Interpreter(module), Buffer(128)
        given = b"".join(n.to_bytes(4, "little") for n in GIVEN) if kernel == "structs" else GIVEN[0]
        machine.launch(kernel, 1, 32, [out, given], dynamic_shared=128)
        assert list(out.values("i")) == expected, kernel


@pytest.fixture(scope="module")
def program(crosswarp_nvcc, tmp_path_factory):
    path = tmp_path_factory.mktemp("features") / "run_kernels"
    crosswarp_nvcc(INPUTS / "run_kernels.cpp", "-o", path, "-lcuda")
    return path


@pytest.mark.parametrize("device", ["cpu", "emu:gfx1100", "emu:gfx942"])
def test_on_devices(program, toolkit, on_cpu, tmp_path, device):
    environment = {"LD_LIBRARY_PATH": f"{toolkit / 'lib64'}:{toolkit / 'lib64' / 'stubs'}", "CROSSWARP_DEVICE": device,
                   "CROSSWARP_CACHE_DIR": str(tmp_path), "CROSSWARP_COMMAND": str(toolkit / "bin" / "crosswarp")}
    done = on_cpu(program, MODULE, *KERNELS, env=environment)
    assert [list(map(int, line.split())) for line in done.stdout.splitlines()] == EXPECTED
