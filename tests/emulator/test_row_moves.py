"""Moves of values between lanes as the device library makes them: rows exchanged, rotated, shifted; LDS below a negative base."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Wave

LANES = np.arange(32)
IDENTITY = "s_mov_b32 s0, 0x76543210\ns_mov_b32 s1, 0xfedcba98\n"


def run(arch: str, code: str, exec_mask: int = 0xFFFFFFFF) -> np.ndarray:
    wave = Wave(arch, 32)
    wave.vgpr[1] = LANES + 100
    wave.vgpr[2] = 7
    wave.exec = exec_mask
    wave.run(IDENTITY + code)
    return wave.vgpr[2]


@pytest.mark.parametrize("arch", ["gfx1030", "gfx1100", "gfx1201"])
def test_other_row(arch: str) -> None:
    assert np.array_equal(run(arch, "v_permlanex16_b32 v2, v1, s0, s1"), (LANES ^ 16) + 100)
    assert np.array_equal(run(arch, "v_permlane16_b32 v2, v1, s1, s0"), (LANES ^ 8) + 100)


@pytest.mark.parametrize("arch", ["gfx1030", "gfx1100", "gfx1201"])
def test_other_row_where_it_is_off(arch: str) -> None:
    """The flags, in the order of op_sel: read lanes that are off; 0, not the old value, where one is not read."""
    for flags, expected in (("", 7), ("op_sel:[0,1]", 0), ("op_sel:[1,0]", LANES[:16] + 116)):
        got = run(arch, f"v_permlanex16_b32 v2, v1, s0, s1 {flags}", 0xFFFF)
        assert np.array_equal(got[:16], np.full(16, expected) if np.isscalar(expected) else expected)
        assert np.array_equal(got[16:], np.full(16, 7))


@pytest.mark.parametrize("arch", ["gfx1030", "gfx1100", "gfx942"])
def test_shared_memory_below_a_negative_base(arch: str) -> None:
    wave = Wave(arch, 64 if arch == "gfx942" else 32)
    lane = np.arange(wave.lanes)
    wave.vgpr[1] = (-4 * lane).astype(np.int32).view(np.uint32)
    wave.vgpr[2] = lane
    wave.run("s_mov_b32 m0, -1\nds_write_b32 v1, v2 offset:396\nds_read_b32 v3, v1 offset:396\ns_waitcnt lgkmcnt(0)")
    assert np.array_equal(wave.vgpr[3], lane)
    assert np.array_equal(wave.lds.view(np.uint32)[100 - wave.lanes : 100], lane[::-1])
