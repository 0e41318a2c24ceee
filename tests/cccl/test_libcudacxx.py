"""libcu++ in device code: what a device computes is what the host computes with the same source, and what the source states."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cccl.programs import run_on

FOLDER = Path(__file__).parent / "libcudacxx"
PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.cu"))
DEVICES = ("cpu", "emu:gfx1100", "emu:gfx942")
QUICK = {("containers", "cpu"), ("barriers", "emu:gfx1100"), ("access_properties", "cpu")}
CASES = [pytest.param(program, device, marks=() if (program, device) in QUICK else pytest.mark.slow)
         for program in PROGRAMS for device in DEVICES]  # fmt: skip


@pytest.mark.parametrize(("program", "device"), CASES)
def test_device_computes_what_the_host_does(crosswarp_nvcc, program: str, device: str, tmp_path: Path) -> None:
    lines = run_on(device, crosswarp_nvcc, FOLDER / f"{program}.cu", folder=tmp_path).splitlines()
    assert lines and all(" ok" in line for line in lines)


@pytest.mark.slow
@pytest.mark.needs_ptxas
@pytest.mark.parametrize("program", PROGRAMS)
def test_ptx_assembles(crosswarp_nvcc, program: str, tmp_path: Path) -> None:
    ptx = tmp_path / "x.ptx"
    crosswarp_nvcc("-ptx", "--targets=sm_80,only", "-std=c++20", FOLDER / f"{program}.cu", "-o", ptx)
    subprocess.run(["ptxas", "-arch=sm_80", ptx, "-o", tmp_path / "x.cubin"], check=True)
