"""CUB, unmodified: each program compares its algorithms with the standard library's, on several sizes, and counts what is right."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.cccl.programs import run_on

FOLDER = Path(__file__).parent / "cub"
PROGRAMS = ("reduce_scan", "sort", "select", "others", "block_warp")
DEVICES = ("cpu", "emu:gfx1100", "emu:gfx942")
TYPES = ("int32_t", "uint8_t", "int16_t", "uint32_t", "int64_t", "uint64_t", "float", "double", "__half", "__nv_bfloat16", "Record")
QUICK = {("reduce_scan", "emu:gfx942"), ("sort", "emu:gfx1100"), ("block_warp", "cpu")}
LARGEST = 1 << 20


def _right(output: str) -> bool:
    """Whether the last line counts as many right as there were checks."""
    found = re.fullmatch(r"[\w, ]+: (\d+) of (\d+) right\n", output)
    return found is not None and found[1] == found[2] != "0"


@pytest.mark.parametrize(("program", "device"), sorted(QUICK))
def test_algorithms(crosswarp_nvcc, program: str, device: str, tmp_path: Path) -> None:
    assert _right(run_on(device, crosswarp_nvcc, FOLDER / f"{program}.cu", "-DTYPES=int32_t", folder=tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("program", PROGRAMS)
def test_all_types(crosswarp_nvcc, program: str, kind: str, device: str, tmp_path: Path) -> None:
    flags = (f"-DTYPES={kind}", f"-DLARGEST={LARGEST}")
    assert _right(run_on(device, crosswarp_nvcc, FOLDER / f"{program}.cu", *flags, folder=tmp_path))


@pytest.mark.needs_ptxas
@pytest.mark.parametrize("program", [p if p == "block_warp" else pytest.param(p, marks=pytest.mark.slow) for p in PROGRAMS])
def test_ptx_assembles(crosswarp_nvcc, program: str, tmp_path: Path) -> None:
    ptx = tmp_path / "x.ptx"
    crosswarp_nvcc("-ptx", "--targets=sm_80,only", FOLDER / f"{program}.cu", "-o", ptx)
    subprocess.run(["ptxas", "-arch=sm_80", ptx, "-o", tmp_path / "x.cubin"], check=True)
