"""scripts/emulator_coverage.py: what it reads and what it writes."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "emulator_coverage.py"

TABLE = """
{kSop1, 3, "s_mov_b32", "s1 s1"},
{kVop2, 1, "v_add_f32", "v1 v1 v1"},
{kVop3, 257, "v_add_f32", "v1 v1 v1"},
{kVopdX, 4, "v_dual_add_f32", "v1 v1 v1"},
{kVopc, 9, "v_cmp_lt_u32", "m v1 v1"},
{kVop3p, 64, "v_wmma_f32_16x16x16_f16", "v8 v8 v8 v8"},
{kVop1, 70, "v_unknown", "v1 v1"},
"""


@pytest.fixture(name="script")
def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("emulator_coverage", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_families(script: ModuleType) -> None:
    """Each name counts once; halves of VOPD are the instruction; other names are what they mean."""
    counts = script.read_counts(["gfx11 s_mov_b32 5", "gfx11 s_mov_b32 2", "gfx12 v_add_f32 1", "gfx11 other 1"])
    assert counts["gfx11", "s_mov_b32"] == 7
    meanings = {"s_mov_b32": "s_mov_b32", "v_add_f32": "v_add_f32", "v_cmp_lt_u32": "other", "v_wmma_f32_16x16x16_f16": "x"}
    families = script.coverage("gfx11", TABLE, meanings.get, counts)
    cells = {name: family.cell for name, family in families.items() if family.all}
    assert cells == {"scalar ALU": "1 / 1 / 1", "vector ALU": "0 / 1 / 2", "compares": "1 / 1 / 1", "matrices": "0 / 1 / 1"}
    assert script.total(families).missing == ["v_unknown"]


def test_the_page_keeps_its_text(script: ModuleType) -> None:
    page = f"before\n{script.BEGIN}\nold\n{script.END}\nafter\n"
    assert script.replaced(page, "new") == f"before\n{script.BEGIN}\n\nnew\n\n{script.END}\nafter\n"


COUNTED = """
import numpy as np
from crosswarp.targets.amdgpu.emulator.wave import Wave
wave = Wave("gfx1100", 32)
wave.run("v_mov_b32 v0, 1\\nv_mov_b32 v1, 1\\ns_andn2_b32 s0, s1, s2\\nv_dual_mov_b32 v2, v0 :: v_dual_add_f32 v3, v1, v0")
"""


def test_waves_leave_counts(script: ModuleType, tmp_path: Path) -> None:
    """A process appends what its waves executed: both halves of a VOPD instruction, other names under the record's."""
    file = tmp_path / "counts"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", COUNTED], env={**os.environ, "CROSSWARP_EMU_COUNT": str(file)}, check=True)
    counts = script.read_counts(file.read_text().splitlines())
    expected = {"v_mov_b32": 6, "s_and_not1_b32": 2, "v_add_f32": 2, "s_endpgm": 2}
    assert counts == {("gfx11", name): count for name, count in expected.items()}
