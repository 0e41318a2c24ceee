"""Instructions that move values between lanes, or between registers chosen at run time."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import M0, Fault, Wave

from tests.emulator.memory_forms import MACHINES, Array, lanes_of, machines, masks

rdna = pytest.mark.parametrize(("arch", "lanes"), [m for m in MACHINES if m[0].startswith("gfx1")])
cdna = pytest.mark.parametrize("arch", ["gfx90a", "gfx942"])


def fresh_wave(arch: str, lanes: int, mask: int | None = None) -> Wave:
    wave = Wave(arch, lanes)
    wave.vgpr[:] = np.random.default_rng(lanes).integers(0, 1 << 32, wave.vgpr.shape, dtype=np.uint32)
    if mask is not None:
        wave.exec = mask
    return wave


def on(mask: int, lanes: int) -> Array:
    """The mask as an array of truth values."""
    return np.array([mask >> lane & 1 for lane in range(lanes)], bool)


@machines
def test_single_lanes(arch: str, lanes: int) -> None:
    """Lane numbers count modulo the lanes; EXEC does not matter, but for the first active lane."""
    for mask in masks(lanes):
        wave = fresh_wave(arch, lanes, mask)
        before = wave.vgpr.copy()
        wave.sgpr[8], wave.sgpr[9] = lanes + 5, 0xDEADBEEF
        wave.run("""v_readlane_b32 s0, v3, 7
                    v_readlane_b32 s1, v3, s8
                    v_readfirstlane_b32 s2, v4
                    v_readlane_b32 vcc_lo, v3, 9
                    v_writelane_b32 v5, s9, 3
                    v_writelane_b32 v6, -2, s8
                    s_mov_b32 m0, 11
                    v_writelane_b32 v7, 64, m0""")
        first = lanes_of(mask, lanes)[0] if mask else 0
        assert [int(s) for s in wave.sgpr[:3]] == [before[3, 7], before[3, 5], before[4, first]]
        assert wave.sgpr[106] == before[3, 9]
        before[5, 3], before[6, 5], before[7, 11] = 0xDEADBEEF, 0xFFFFFFFE, 64
        assert np.array_equal(wave.vgpr, before)


def permuted(data: Array, old: Array, sources: list[int], mask: int, *, inactive: bool, zero: bool) -> list[int]:
    """What lanes hold after reading `sources`."""
    result = []
    for lane, source in enumerate(sources):
        reads = inactive or mask >> source & 1
        value = data[source] if reads else 0 if zero else old[lane]
        result.append(int(value if mask >> lane & 1 else old[lane]))
    return result


@rdna
@pytest.mark.parametrize("flags", [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_permlane16(arch: str, lanes: int, flags: tuple[int, int]) -> None:
    """Any lane of the row, or of the other row of a pair; what a lane that is switched off gives."""
    selectors = 0x0F1E2D3C4B5A6978
    modifiers = f"op_sel:[{flags[0]},{flags[1]}]"
    for mask in masks(lanes):
        wave = fresh_wave(arch, lanes, mask)
        wave.sgpr[4], wave.sgpr[5] = selectors & 0xFFFFFFFF, selectors >> 32
        before = wave.vgpr.copy()
        text = f"v_permlane16_b32 v1, v0, s4, s5 {modifiers}\nv_permlanex16_b32 v2, v0, s4, s5 {modifiers}\n"
        if arch == "gfx1201":
            text += f"v_permlane16_var_b32 v3, v0, v6 {modifiers}\nv_permlanex16_var_b32 v4, v0, v6 {modifiers}"
        wave.run(text)
        fixed = [lane & ~15 | selectors >> 4 * (lane & 15) & 15 for lane in range(lanes)]
        chosen = [lane & ~15 | int(before[6, lane]) & 15 for lane in range(lanes)]
        wanted = {1: fixed, 2: [s ^ 16 for s in fixed]}
        if arch == "gfx1201":
            wanted |= {3: chosen, 4: [s ^ 16 for s in chosen]}
        for register, sources in wanted.items():
            expected = permuted(before[0], before[register], sources, mask, inactive=bool(flags[0]), zero=bool(flags[1]))
            assert [int(v) for v in wave.vgpr[register]] == expected


@pytest.mark.parametrize("lanes", [32, 64])
def test_permlane64(lanes: int) -> None:
    """The halves change places; a wave of 32 has none."""
    mask = masks(lanes)[1]
    wave = fresh_wave("gfx1100", lanes, mask)
    before = wave.vgpr.copy()
    wave.run("v_permlane64_b32 v1, v0")
    other = before[0, np.arange(lanes) ^ 32] if lanes == 64 else before[1]
    assert np.array_equal(wave.vgpr[1], np.where(on(mask, lanes), other, before[1]))


def dpp_rows(lanes: int) -> dict[str, list[int]]:
    """Controls that every architecture has; -1 where no lane is read."""
    here = range(lanes)

    def within(lane: int, by: int) -> int:
        return lane + by if 0 <= (lane & 15) + by < 16 else -1

    return {
        "quad_perm:[1,3,0,2]": [lane & ~3 | (1, 3, 0, 2)[lane & 3] for lane in here],
        "row_shl:3": [within(lane, 3) for lane in here],
        "row_shr:5": [within(lane, -5) for lane in here],
        "row_ror:4": [lane & ~15 | (lane - 4) & 15 for lane in here],
        "row_mirror": [lane ^ 15 for lane in here],
        "row_half_mirror": [lane ^ 7 for lane in here],
    }


def more_dpp(arch: str, lanes: int) -> dict[str, list[int]]:
    """Those of RDNA, or of gfx9."""
    here = range(lanes)
    if arch.startswith("gfx1"):
        return {"row_share:6": [lane & ~15 | 6 for lane in here], "row_xmask:9": [lane ^ 9 for lane in here]}
    return {
        "row_newbcast:6": [lane & ~15 | 6 for lane in here],
        "wave_shl:1": [lane + 1 if lane < 63 else -1 for lane in here],
        "wave_rol:1": [(lane + 1) % 64 for lane in here],
        "wave_shr:1": [lane - 1 for lane in here],
        "wave_ror:1": [(lane - 1) % 64 for lane in here],
        "row_bcast:15": [(lane & ~15) - 1 if lane > 15 else -1 for lane in here],
        "row_bcast:31": [31 if lane > 31 else -1 for lane in here],
    }


@machines
@pytest.mark.parametrize("bound", [False, True])
def test_dpp(arch: str, lanes: int, bound: bool) -> None:
    """Lanes without a source are kept, or get 0 with bound control; rows and banks may be left out."""
    controls = dpp_rows(lanes) | more_dpp(arch, lanes)
    tail = "row_mask:0xb bank_mask:0x7" + (" bound_ctrl:1" if bound else "")
    for mask in masks(lanes):
        wave = fresh_wave(arch, lanes, mask)
        before = wave.vgpr.copy()
        wave.run("\n".join(f"v_mov_b32_dpp v{4 + k}, v0 {control} {tail}" for k, control in enumerate(controls)))
        for k, (control, sources) in enumerate(controls.items()):
            for lane, source in enumerate(sources):
                writes = mask >> lane & 1 and 0xB >> lane // 16 % 4 & 1 and 0x7 >> lane // 4 % 4 & 1
                valid = source >= 0 and mask >> source & 1
                value = before[0, source] if valid else 0
                wanted = value if writes and (valid or bound) else before[4 + k, lane]
                assert wave.vgpr[4 + k, lane] == wanted, (control, lane, hex(mask))


@rdna
def test_dpp8(arch: str, lanes: int) -> None:
    """Lanes of eight in any order; fi reads those that are switched off."""
    order = (7, 0, 3, 3, 1, 5, 2, 6)
    mask = masks(lanes)[1]
    wave = fresh_wave(arch, lanes, mask)
    before = wave.vgpr.copy()
    control = f"dpp8:[{','.join(map(str, order))}]"
    wave.run(f"v_mov_b32_dpp v1, v0 {control}\nv_mov_b32_dpp v2, v0 {control} fi:1")
    sources = np.array([lane & ~7 | order[lane & 7] for lane in range(lanes)])
    active = on(mask, lanes)
    assert np.array_equal(wave.vgpr[1], np.where(active, np.where(active[sources], before[0, sources], 0), before[1]))
    assert np.array_equal(wave.vgpr[2], np.where(active, before[0, sources], before[2]))


@cdna
def test_accumulators(arch: str) -> None:
    """To and from accumulation registers, from constants, and in memory and LDS instructions."""
    memory = np.arange(256, dtype=np.uint32)
    mask = masks(64)[1]
    wave = fresh_wave(arch, 64, mask)
    address = memory.ctypes.data + 4 * np.arange(64)
    wave.vgpr[0], wave.vgpr[1] = address & 0xFFFFFFFF, address >> 32
    wave.vgpr[2] = 4 * np.arange(64)
    before, active = wave.vgpr.copy(), on(mask, 64)
    wave.run("""v_accvgpr_write_b32 a3, v4
                v_accvgpr_write_b32 a4, 17
                v_accvgpr_read_b32 v5, a6
                v_accvgpr_mov_b32 a7, a8
                global_load_dword a9, v[0:1], off
                global_store_dword v[0:1], a10, off offset:512
                ds_write_b32 v2, a11
                ds_read_b32 a12, v2""")
    wanted = before.copy()
    changed = {259: before[4], 260: 17, 5: before[262], 263: before[264], 265: np.arange(64), 268: before[267]}
    for register, values in changed.items():
        wanted[register] = np.where(active, values, before[register])
    assert np.array_equal(wave.vgpr, wanted)
    assert np.array_equal(memory[128:192], np.where(active, before[266], np.arange(128, 192)))


@rdna
def test_relative_moves(arch: str, lanes: int) -> None:
    """Source, destination, or both counted from M0; with `_2` each from its own bits of it."""
    mask = masks(lanes)[1]
    wave = fresh_wave(arch, lanes, mask)
    before, active = wave.vgpr.copy(), on(mask, lanes)
    wave.run("""s_mov_b32 m0, 5
                v_movrels_b32 v1, v10
                v_movreld_b32 v20, v11
                v_movreld_b32 v21, 64
                v_movrelsd_b32 v30, v12
                s_mov_b32 m0, 0x00030007
                v_movrelsd_2_b32 v40, v13
                v_swaprel_b32 v50, v14""")
    wanted = before.copy()
    changed = {1: before[15], 25: before[11], 26: 64, 35: before[17], 43: before[20], 53: before[21], 21: before[53]}
    for register, values in changed.items():
        wanted[register] = np.where(active, values, before[register])
    assert np.array_equal(wave.vgpr, wanted)
    with pytest.raises(Fault, match="does not have"):
        wave.run("s_movk_i32 m0, 0x1ff\nv_movrels_b32 v1, v10")


@cdna
def test_register_index_mode(arch: str) -> None:
    """Between on and off, vector registers are counted from M0 where its bits say so; scalar instructions run as ever."""
    mask = masks(64)[1]
    wave = fresh_wave(arch, 64, mask)
    before, active = wave.vgpr.copy(), on(mask, 64)
    wave.sgpr[0] = 3
    wave.run("""s_set_gpr_idx_on s0, gpr_idx(SRC0)
                v_mov_b32 v1, v10
                s_add_u32 s1, s0, 4
                s_set_gpr_idx_idx s1
                v_mov_b32 v2, v10
                s_set_gpr_idx_mode gpr_idx(DST)
                v_mov_b32 v20, v11
                s_set_gpr_idx_off
                v_mov_b32 v3, v10""")
    wanted = before.copy()
    for register, values in {1: before[13], 2: before[17], 27: before[11], 3: before[10]}.items():
        wanted[register] = np.where(active, values, before[register])
    assert np.array_equal(wave.vgpr, wanted)
    assert wave.sgpr[M0] & 0xFF == 7
