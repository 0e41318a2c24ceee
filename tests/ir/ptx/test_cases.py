"""Every instruction beside its model: in the interpreter, on the CPU device and on an emulated AMD GPU.

A module `cases_<family>.py` has a list `CASES`; operands are random with corner values, the same in each run.
"""

from __future__ import annotations

import importlib.util
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


@pytest.mark.parametrize("device", ["cpu", "emu:gfx1100", pytest.param("emu:gfx942", marks=pytest.mark.slow)])
@pytest.mark.parametrize("family", FAMILIES)
def test_on_devices(crosswarp_nvcc, toolkit: Path, family: str, device: str, tmp_path: Path) -> None:
    cases = cases_of(family)
    (tmp_path / "p.cu").write_text(program(cases))
    target = device.removeprefix("emu:")
    crosswarp_nvcc(tmp_path / "p.cu", "-O1", "-o", tmp_path / "p", f"--targets={target},only")
    environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": str(toolkit / "lib64")}
    results = printed(type(crosswarp_nvcc)((str(tmp_path / "p"),), environment)().stdout)
    assert len(results) == len(cases)
    for case, values in zip(cases, results, strict=True):
        assert not isinstance(values, str), f"{case.name}: {values}"
        check(case, case.given(), values)
