"""Scalar instructions with effects beside their result: lane masks, branches, calls, registers by index, waits."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Fault, Wave

from tests.emulator.lanes import ARCHS, known, pair, program, set_pair

MASKS = {
    "and": lambda a, e: a & e,
    "or": lambda a, e: a | e,
    "xor": lambda a, e: a ^ e,
    "nand": lambda a, e: ~(a & e),
    "nor": lambda a, e: ~(a | e),
    "xnor": lambda a, e: ~(a ^ e),
    "andn1": lambda a, e: ~a & e,
    "orn1": lambda a, e: ~a | e,
    "andn2": lambda a, e: a & ~e,
    "orn2": lambda a, e: a | ~e,
}
NEW_NAMES = {"andn1": "and_not0", "orn1": "or_not0", "andn2": "and_not1", "orn2": "or_not1"}

RDNA = [(arch, lanes) for arch, lanes in ARCHS if arch.startswith("gfx1")]


@pytest.mark.parametrize(("arch", "lanes"), [*ARCHS, ("gfx1100", 64), ("gfx1030", 64), ("gfx1201", 64)])
@pytest.mark.parametrize("form", ["saveexec", "wrexec"])
def test_masks_of_active_lanes(arch: str, lanes: int, form: str) -> None:
    """Two in a row, so that the second has the first one's EXEC; the empty mask among them."""
    new = arch.startswith(("gfx11", "gfx12"))
    names = [name for name in MASKS if form == "saveexec" or name in {"andn1", "andn2"}]
    source = random.Random(form)
    ones = (1 << lanes) - 1
    for name, _ in itertools.product(names, range(8)):
        wave = Wave(arch, lanes)
        a, before = (source.choice([0, ones, source.getrandbits(lanes)]) for _ in range(2))
        wave.exec = before
        set_pair(wave, 4, a)
        operands = "s[8:9], s[4:5]" if lanes == 64 else "s8, s4"
        wave.run(program(f"s_{NEW_NAMES.get(name, name) if new else name}_{form}_b{lanes} {operands}", arch, lanes))
        expected = MASKS[name](a, before) & ones
        assert wave.exec == expected, name
        assert wave.scc == (expected != 0)
        assert pair(wave, 8) & ones == (before if form == "saveexec" else expected)


FACTORIAL = """
        s_getpc_b64 s[4:5]
    here:
        s_add_u32 s4, s4, function-here
        s_addc_u32 s5, s5, 0
        s_swappc_b64 s[30:31], s[4:5]
        s_call_b64 s[30:31], leaf
        s_endpgm
    leaf:
        s_movk_i32 s3, 0x66
        s_setpc_b64 s[30:31]
    function:
        s_cmp_eq_u32 s0, 0
        s_cbranch_scc1 zero
        s_lshl_b32 m0, s0, 1
        s_movreld_b64 s[32:33], s[30:31]
        s_sub_u32 s0, s0, 1
        s_swappc_b64 s[30:31], s[4:5]
        s_add_u32 s0, s0, 1
        s_mul_i32 s1, s1, s0
        s_lshl_b32 m0, s0, 1
        s_movrels_b64 s[30:31], s[32:33]
        s_setpc_b64 s[30:31]
    zero:
        s_movk_i32 s1, 0x1
        s_setpc_b64 s[30:31]
"""


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_functions(arch: str, lanes: int) -> None:
    """A recursive function, called by its address, with a stack of return addresses in scalar registers; a call by offset."""
    wave = Wave(arch, lanes)
    wave.sgpr[0] = 6
    wave.run(FACTORIAL)
    assert list(wave.sgpr[[0, 1, 3]]) == [6, 720, 0x66]


def test_jumps_out_of_the_code_stop() -> None:
    wave = Wave("gfx1100", 32)
    with pytest.raises(Fault, match="jump out of the code") as fault:
        wave.run("s_nop 0\ns_setpc_b64 s[0:1]")
    assert fault.value.offset == 4


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_scalar_registers_by_index(arch: str, lanes: int) -> None:
    wave = Wave(arch, lanes)
    wave.sgpr[:100] = np.arange(100)
    wave.run("""
        s_mov_b32 m0, 5
        s_movrels_b32 s80, s20
        s_movreld_b32 s81, s1
        s_mov_b32 m0, 6
        s_movrels_b64 s[82:83], s[20:21]
        s_movreld_b64 s[84:85], s[2:3]
    """)
    assert list(wave.sgpr[[80, 86, 82, 83, 90, 91]]) == [25, 1, 26, 27, 2, 3]
    with pytest.raises(Fault, match="counted from M0"):
        wave.run("s_movk_i32 m0, 0x60\ns_movrels_b32 s80, s20")


@pytest.mark.parametrize(("arch", "lanes"), RDNA)
def test_two_scalar_registers_by_index(arch: str, lanes: int) -> None:
    wave = Wave(arch, lanes)
    wave.sgpr[:100] = np.arange(100)
    wave.run("s_mov_b32 m0, 0x00030007\ns_movrelsd_2_b32 s50, s20")
    assert wave.sgpr[53] == 27


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_branches(arch: str, lanes: int) -> None:
    """A loop, and each condition taken and not taken."""
    wave = Wave(arch, lanes)
    wave.run("""
        s_movk_i32 s0, 0
    again:
        s_add_u32 s0, s0, 3
        s_cmp_lt_u32 s0, 30000
        s_cbranch_scc1 again
    """)
    assert wave.sgpr[0] == 30000
    conditions = {"scc0": (0, 1), "scc1": (1, 0), "vccz": (0, 1), "vccnz": (1, 0), "execz": (0, 1), "execnz": (1, 0)}
    for name, (taken, not_taken) in conditions.items():
        for value, expected in ((taken, 7), (not_taken, 0)):
            wave = Wave(arch, lanes)
            wave.scc, wave.vcc, wave.exec = bool(value), value << (lanes - 1), value << (lanes - 1)
            wave.run(f"s_cbranch_{name} there\ns_endpgm\nthere:\ns_movk_i32 s0, 7")
            assert wave.sgpr[0] == expected, name


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_nothing_to_wait_for(arch: str, lanes: int) -> None:
    """Waits and hints change nothing; a barrier is no obstacle to a wave alone."""
    hints = [
        "s_nop 3",
        "s_waitcnt 0",
        "s_waitcnt_vscnt null, 0x0",
        "s_waitcnt_vmcnt null, 0x0",
        "s_waitcnt_expcnt null, 0x0",
        "s_waitcnt_lgkmcnt null, 0x0",
        "s_waitcnt_depctr 0xfffe",
        "s_wait_idle",
        "s_delay_alu 0x1",
        "s_clause 0x1",
        "s_setprio 1",
        "s_icache_inv",
        "s_dcache_inv",
        "s_dcache_wb",
        "s_gl1_inv",
        "s_sleep 1",
        "s_barrier",
        "s_inst_prefetch 0x1",
        "s_set_inst_prefetch_distance 0x1",
        "s_wait_loadcnt 0x0",
        "s_wait_storecnt 0x0",
        "s_wait_dscnt 0x0",
        "s_wait_kmcnt 0x0",
        "s_wait_loadcnt_dscnt 0x0",
        "s_wait_storecnt_dscnt 0x0",
        "s_wait_alu 0xfffe",
        "s_wait_event 0x0",
        "s_wakeup",
        "s_sleep_var s1",
        "s_barrier_signal -1",
        "s_barrier_wait -1",
        "s_sethalt 0",
        "s_setkill 0",
        "s_trap 3",
        "s_sendmsg sendmsg(MSG_INTERRUPT)",
        "s_sendmsg sendmsg(MSG_DEALLOC_VGPRS)",
        "v_nop",
        "s_ttracedata",
        "s_incperflevel 1",
        "s_decperflevel 1",
        "s_cbranch_cdbgsys 0x1",
    ]
    there = [hint for hint, accepted in zip(hints, known(hints, arch, lanes), strict=True) if accepted]
    assert len(there) > 15
    wave = Wave(arch, lanes)
    wave.sgpr[:100] = np.arange(100)
    wave.vgpr[:4] = 5
    before = wave.sgpr.copy(), wave.vgpr.copy()
    wave.run("\n".join(there))
    assert (wave.sgpr == before[0]).all()
    assert (wave.vgpr == before[1]).all()


@pytest.mark.parametrize(("arch", "lanes"), [("gfx90a", 64), ("gfx942", 64)])
def test_moves_of_pairs(arch: str, lanes: int) -> None:
    wave = Wave(arch, lanes)
    wave.vgpr[0:4] = np.arange(4)[:, None]
    for low, high in itertools.product((0, 1), repeat=2):
        wave.run(f"v_pk_mov_b32 v[4:5], v[0:1], v[2:3] op_sel:[{low},{high}]")
        assert (wave.vgpr[4] == low).all()
        assert (wave.vgpr[5] == 2 + high).all()
