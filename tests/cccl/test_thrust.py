"""Thrust, unmodified: each program holds its algorithms against the standard library's on several sizes, a line for each kind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cccl.programs import run_on

FOLDER = Path(__file__).parent / "thrust"
PROGRAMS = ("ordering", "reductions", "moving", "policies")
DEVICES = ("cpu", "emu:gfx1100", "emu:gfx942")
TYPES = ("signed char", "unsigned short", "int", "unsigned", "long long", "float", "double")
FLAGS = ("--extended-lambda", "-DLARGEST=100003")
QUICK = ("-DLARGEST=5000",)


def _right(output: str) -> bool:
    """Whether every line says so."""
    return output != "" and all(line.endswith(" ok") for line in output.splitlines())


def test_the_most_used_algorithms(crosswarp_nvcc, tmp_path: Path) -> None:
    assert _right(run_on("cpu", crosswarp_nvcc, FOLDER / "essentials.cu", *QUICK, folder=tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("program", PROGRAMS)
def test_all_types(crosswarp_nvcc, program: str, kind: str, device: str, tmp_path: Path) -> None:
    assert _right(run_on(device, crosswarp_nvcc, FOLDER / f"{program}.cu", *FLAGS, f"-DTESTED_TYPE={kind}", folder=tmp_path))


@pytest.mark.slow
@pytest.mark.needs_ptxas
@pytest.mark.parametrize("program", PROGRAMS)
def test_ptx_assembles(crosswarp_nvcc, program: str, tmp_path: Path) -> None:
    ptx = tmp_path / "x.ptx"
    crosswarp_nvcc("-ptx", "--targets=sm_80,only", *FLAGS, FOLDER / f"{program}.cu", "-o", ptx)
    subprocess.run(["ptxas", "-arch=sm_80", ptx, "-o", tmp_path / "x.cubin"], check=True)
