"""DPP: which lane each lane reads, and what becomes of lanes without a source. The reference works lane by lane."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Wave

OLD, ABSENT = 0xDEAD0000, None
VALUES = np.arange(100, 164, dtype=np.uint32)
MASKS = {32: (0xFFFFFFFF, 0x0F0F3355), 64: (0xFFFFFFFFFFFFFFFF, 0xF0F00F0F12345678)}


def row(lane: int, in_row: int) -> int | None:
    """A lane of the same row of 16, or none."""
    return (lane & ~15) + in_row if 0 <= in_row < 16 else ABSENT


COMMON = {
    "quad_perm:[3,1,0,2]": lambda lane: (lane & ~3) + (3, 1, 0, 2)[lane & 3],
    "row_shl:1": lambda lane: row(lane, lane % 16 + 1),
    "row_shl:15": lambda lane: row(lane, lane % 16 + 15),
    "row_shr:3": lambda lane: row(lane, lane % 16 - 3),
    "row_ror:5": lambda lane: row(lane, (lane % 16 - 5) % 16),
    "row_mirror": lambda lane: row(lane, 15 - lane % 16),
    "row_half_mirror": lambda lane: (lane & ~7) + 7 - lane % 8,
}
NEW = {"row_share:9": lambda lane: row(lane, 9), "row_xmask:6": lambda lane: row(lane, lane % 16 ^ 6)}
ACROSS = {
    "wave_shl:1": lambda lane: lane + 1 if lane < 63 else ABSENT,
    "wave_rol:1": lambda lane: (lane + 1) % 64,
    "wave_shr:1": lambda lane: lane - 1 if lane else ABSENT,
    "wave_ror:1": lambda lane: (lane - 1) % 64,
    "row_bcast:15": lambda lane: lane // 16 * 16 - 1 if lane >= 16 else ABSENT,
    "row_bcast:31": lambda lane: 31 if lane >= 32 else ABSENT,
    "row_newbcast:4": lambda lane: row(lane, 4),
}
MACHINES = [
    ("gfx1100", 32, COMMON | NEW),
    ("gfx1100", 64, COMMON | NEW),
    ("gfx1030", 32, COMMON | NEW),
    ("gfx90a", 64, COMMON | ACROSS),
]


def moved(arch: str, lanes: int, modifiers: list[str], mask: int) -> np.ndarray:
    """A row for each modifier: a register after a DPP move of lane numbers + 100 into it."""
    wave = Wave(arch, lanes)
    wave.vgpr[:], wave.vgpr[2], wave.exec = OLD, VALUES[:lanes], mask
    wave.run("\n".join(f"v_mov_b32_dpp v{10 + n}, v2 {modifier}" for n, modifier in enumerate(modifiers)))
    return wave.vgpr[10 : 10 + len(modifiers)].copy()


@pytest.mark.parametrize(("arch", "lanes", "controls"), MACHINES, ids=[f"{a}-{n}" for a, n, _ in MACHINES])
@pytest.mark.parametrize("masks", [(15, 15, 0), (15, 15, 1), (5, 15, 1), (15, 6, 0), (2, 9, 1)])
def test_lanes_of_controls(arch: str, lanes: int, controls: dict, masks: tuple[int, int, int]) -> None:
    """Every control, with all lanes on and with some off, rows and banks masked, with and without bound control."""
    rows, banks, bound = masks
    ending = f" row_mask:{rows:#x} bank_mask:{banks:#x}" + (" bound_ctrl:1" if bound else "")
    for mask in MASKS[lanes]:
        found = moved(arch, lanes, [name + ending for name in controls], mask)
        for (name, source), values in zip(controls.items(), found, strict=True):
            for lane in range(lanes):
                from_lane = source(lane)
                valid = from_lane is not ABSENT and mask >> from_lane & 1
                written = mask >> lane & 1 and rows >> lane // 16 & 1 and banks >> lane // 4 % 4 & 1 and (valid or bound)
                want = (100 + from_lane if valid else 0) if written else OLD
                assert values[lane] == want, (name, hex(mask), lane)


def test_eights_and_inactive_lanes() -> None:
    """DPP8 reads 0 from lanes that are off; with `fi` both kinds read what their registers hold."""
    order = [7, 0, 6, 1, 5, 2, 4, 3]
    mask = 0xFFFF00F1
    sources = [lane // 8 * 8 + order[lane % 8] for lane in range(32)]
    eights = f"dpp8:[{','.join(map(str, order))}]"
    on = [bool(mask >> lane & 1) for lane in range(32)]
    held = [100 + s if on[lane] else OLD for lane, s in enumerate(sources)]
    np.testing.assert_array_equal(moved("gfx1100", 32, [f"{eights} fi:1"], mask)[0], held)
    zeros = [0 if on[lane] and not on[s] else held[lane] for lane, s in enumerate(sources)]
    np.testing.assert_array_equal(moved("gfx1100", 32, [eights], mask)[0], zeros)
    shifted = [100 + lane + 1 if on[lane] and lane % 16 != 15 else OLD for lane in range(32)]
    np.testing.assert_array_equal(moved("gfx1100", 32, ["row_shl:1 row_mask:0xf bank_mask:0xf fi:1"], mask)[0], shifted)


def test_both_halves_of_wide_operands_move() -> None:
    """gfx90a: 64-bit operations with a row broadcast."""
    wave = Wave("gfx90a", 64)
    numbers = np.arange(64, dtype=np.float64) * 1.25
    halves = numbers.view(np.uint32).reshape(64, 2).T
    wave.vgpr[2:4] = halves
    wave.vgpr[4:6] = np.full(64, 0.5).view(np.uint32).reshape(64, 2).T
    wave.run("v_fmac_f64_dpp v[4:5], v[2:3], v[2:3] row_newbcast:3 row_mask:0xf bank_mask:0xf")
    found = np.ascontiguousarray(wave.vgpr[4:6].T).view(np.float64)[:, 0]
    np.testing.assert_array_equal(found, 0.5 + numbers[np.arange(64) // 16 * 16 + 3] * numbers)
