"""Every instruction beside its model: in the interpreter, on the CPU device and on an emulated AMD GPU.

A module `cases_<family>.py` has a list `CASES`; operands are random with corner values, the same in each run.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from harness import Case, check, interpret, printed, program

HERE = Path(__file__).parent
FAMILIES = sorted(path.stem.removeprefix("cases_") for path in HERE.glob("cases_*.py"))


def cases_of(family: str) -> list[Case]:
    spec = importlib.util.spec_from_file_location(f"cases_{family}", HERE / f"cases_{family}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.CASES)


@pytest.mark.parametrize("family, case", [pytest.param(f, c, id=f"{f}-{c.name}") for f in FAMILIES for c in cases_of(f)])
def test_in_the_interpreter(family: str, case: Case) -> None:
    rows = case.given()
    check(case, rows, interpret(case, rows))


SLOW_942 = pytest.param("emu:gfx942", marks=pytest.mark.slow)


@pytest.mark.parametrize("device", ["cpu", "emu:gfx1100", SLOW_942])
@pytest.mark.parametrize("family", FAMILIES)
def test_on_devices(crosswarp_nvcc, toolkit: Path, family: str, device: str, tmp_path: Path) -> None:
    _run_on(crosswarp_nvcc, toolkit, cases_of(family), device, tmp_path)


# One case in `step`. Without doubles the CPU runs all code where subnormal numbers are flushed, with them it flushes one by one.
@pytest.mark.parametrize("device", ["cpu", "emu:gfx1100", SLOW_942])
@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("doubles", [True, False])
def test_in_modules_that_flush(crosswarp_nvcc, toolkit: Path, step: int, device: str, doubles: bool, tmp_path: Path) -> None:  # noqa: PLR0917
    """`-ftz=true` is for the user's operators: forms without `.ftz` keep subnormal numbers."""
    families = ("float", "float_parts", "conversions", "comparisons", "approximate")
    cases = [case for family in families for case in cases_of(family)]
    if not doubles:
        cases = [case for case in cases if not re.search("[fsu]64|16|ftz", case.ptx)]
    _run_on(crosswarp_nvcc, toolkit, cases[:: step if doubles else 2 * step // 3 or 1], device, tmp_path, "-ftz=true")


def _run_on(nvcc, toolkit: Path, cases: list[Case], device: str, folder: Path, *flags: str) -> None:
    (folder / "p.cu").write_text(program(cases))
    nvcc(folder / "p.cu", "-O1", "-o", folder / "p", f"--targets={device.removeprefix('emu:')},only", *flags)
    environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": str(toolkit / "lib64")}
    results = printed(type(nvcc)((str(folder / "p"),), environment)().stdout)
    assert len(results) == len(cases)
    for case, values in zip(cases, results, strict=True):
        assert not isinstance(values, str), f"{case.name}: {values}"
        check(case, case.given(), values)
