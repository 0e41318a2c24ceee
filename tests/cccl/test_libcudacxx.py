"""libcu++ in device code: what a device computes is what the host computes with the same source, and what the source states."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cccl.programs import run_on, wide

FOLDER = Path(__file__).parent / "libcudacxx"
PROGRAMS = [pytest.param(path, id=path.stem) for path in sorted(FOLDER.glob("*.cu"))]


@pytest.mark.parametrize("device", ["cpu", *wide("emu:gfx1100", "emu:gfx942")])
@pytest.mark.parametrize("source", PROGRAMS)
def test_device_computes_what_the_host_does(crosswarp_nvcc, source: Path, device: str, tmp_path: Path) -> None:
    lines = run_on(device, crosswarp_nvcc, source, folder=tmp_path).splitlines()
    assert lines and all(" ok" in line for line in lines)
