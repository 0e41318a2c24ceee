"""Modes of arithmetic, hardware registers, clocks, and what stops a wave."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Fault, Wave

from tests.emulator.lanes import ARCHS, pair, program

RDNA = [(arch, lanes) for arch, lanes in ARCHS if arch.startswith("gfx1")]


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
@pytest.mark.parametrize(("line", "message"), [
    ("s_trap 2", "a trap of the program"), ("s_trap 1", "without a handler"), ("s_sendmsghalt 0x1", "halted"),
    ("s_sethalt 1", "halted"), ("s_sendmsg 0x9", "nobody receives"), ("s_getreg_b32 s0, hwreg(6)", "not emulated"),
    ("s_setreg_imm32_b32 hwreg(HW_REG_MODE, 12, 9), 0x1ff", "traps"),
])  # fmt: skip
def test_what_stops_a_wave(arch: str, lanes: int, line: str, message: str) -> None:
    wave = Wave(arch, lanes)
    with pytest.raises(Fault, match=message) as fault:
        wave.run(f"s_movk_i32 s1, 1\n{line}\ns_movk_i32 s1, 2")
    assert fault.value.offset == 4
    assert wave.sgpr[1] == 1


@pytest.mark.parametrize(("arch", "lanes"), RDNA)
def test_what_else_stops_a_wave_of_rdna(arch: str, lanes: int) -> None:
    with pytest.raises(Fault, match="end of the code"):
        Wave(arch, lanes).run("s_code_end")
    if arch != "gfx1030":
        with pytest.raises(Fault, match="nobody answers"):
            Wave(arch, lanes).run("s_sendmsg_rtn_b32 s0, sendmsg(MSG_RTN_GET_DOORBELL)")


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_modes_are_read_and_set(arch: str, lanes: int) -> None:
    wave = Wave(arch, lanes)
    wave.sgpr[1] = 0xA
    wave.run("""
        s_getreg_b32 s0, hwreg(HW_REG_MODE, 4, 4)
        s_setreg_b32 hwreg(HW_REG_MODE, 0, 4), s1
        s_setreg_imm32_b32 hwreg(HW_REG_MODE, 4, 2), 0
        s_getreg_b32 s2, hwreg(HW_REG_MODE)
    """)
    assert wave.sgpr[0] == 0xF
    assert wave.mode & 0xFF == wave.sgpr[2] & 0xFF == 0xCA


@pytest.mark.parametrize(("arch", "lanes"), RDNA)
def test_modes_by_their_own_instructions(arch: str, lanes: int) -> None:
    wave = Wave(arch, lanes)
    wave.run("s_round_mode 0x7\ns_denorm_mode 0xc")
    assert wave.mode & 0xFF == 0xC7


def test_scheduling_mode_of_gfx12_changes_nothing() -> None:
    wave = Wave("gfx1201", 32)
    mode = wave.mode
    wave.run("s_setreg_imm32_b32 hwreg(HW_REG_WAVE_SCHED_MODE, 0, 2), 2\ns_movk_i32 s0, 7")
    assert wave.sgpr[0] == 7
    assert wave.mode == mode


# 1 + 2^-24 + 2^-40, and its negative: between two f32; 1 + 2^-53 + 2^-60 between two f64.
ROUNDED = {0: (0x3F800001, 0xBF800001), 1: (0x3F800001, 0xBF800000), 2: (0x3F800000, 0xBF800001), 3: (0x3F800000, 0xBF800000)}
WIDE = {0: 1, 1: 1, 2: 0, 3: 0}


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_rounding(arch: str, lanes: int) -> None:
    """f32 and f64 each as the mode says: to nearest, up, down, to zero; and the host's own rounding is there again afterwards."""
    for single, double in itertools.product(range(4), range(4)):
        wave = Wave(arch, lanes)
        wave.vgpr[0] = np.float32(1).view(np.uint32)
        wave.vgpr[1] = np.float32(2.0**-24 + 2.0**-40).view(np.uint32)
        wave.vgpr[2:4] = np.array([1.0]).view(np.uint32)[:, None]
        wave.vgpr[4:6] = np.array([2.0**-53 + 2.0**-60]).view(np.uint32)[:, None]
        wave.run(f"""
            s_setreg_imm32_b32 hwreg(HW_REG_MODE, 0, 4), {single | double << 2}
            v_add_f32 v6, v0, v1
            v_add_f64 v[8:9], v[2:3], v[4:5]
            v_sub_f32_e64 v7, -v0, v1
        """)
        assert (int(wave.vgpr[6, 0]), int(wave.vgpr[7, 0])) == ROUNDED[single]
        assert int(wave.vgpr[8, 3]) == WIDE[double]
        wave.mode = 0x3F0 | single | double << 2  # the mode that a wave starts with
        wave.vgpr[6] = 0
        wave.run(program("v_add_f32 v6, v0, v1", arch, lanes))
        assert int(wave.vgpr[6, 0]) == ROUNDED[single][0]
        assert 1.0 + (2.0**-53 + 2.0**-60) == 1.0 + 2.0**-52


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_hardware_registers(arch: str, lanes: int) -> None:
    wave = Wave(arch, lanes)
    if arch.startswith("gfx9"):
        wave.run("s_getreg_b32 s0, hwreg(HW_REG_SH_MEM_BASES, 16, 16)\ns_getreg_b32 s1, hwreg(HW_REG_SH_MEM_BASES, 0, 16)")
        wave.run("s_lshl_b32 s0, s0, 16\ns_lshl_b32 s1, s1, 16")
        wave.run("s_mov_b64 s[2:3], src_shared_base\ns_mov_b64 s[4:5], src_private_base")
        assert wave.sgpr[0] == wave.sgpr[3] != 0
        assert wave.sgpr[1] == wave.sgpr[5] != 0
    else:
        wave.run("s_getreg_b32 s0, hwreg(HW_REG_HW_ID1)\ns_getreg_b32 s1, hwreg(HW_REG_HW_ID2)")
        assert list(wave.sgpr[:2]) == [0, 0]


def test_clocks() -> None:
    """They go forward: the constant one at 100 MHz."""
    for arch, lanes in ARCHS:
        newer = arch.startswith(("gfx11", "gfx12"))
        line = "s_sendmsg_rtn_b64 s[{0}:{1}], sendmsg(MSG_RTN_GET_REALTIME)" if newer else "s_memrealtime s[{0}:{1}]"
        wave = Wave(arch, lanes)
        before = time.monotonic_ns() // 10
        wave.run(line.format(0, 1))
        wave.run(line.format(2, 3))
        after = time.monotonic_ns() // 10
        assert before <= pair(wave, 0) <= pair(wave, 2) <= after
    for arch, lanes in (("gfx90a", 64), ("gfx942", 64), ("gfx1030", 32)):
        wave = Wave(arch, lanes)
        wave.run("s_memtime s[0:1]\ns_memtime s[2:3]")
        assert 0 < pair(wave, 0) <= pair(wave, 2)
    wave = Wave("gfx1201", 32)
    wave.run("s_getreg_b32 s1, hwreg(HW_REG_SHADER_CYCLES_HI)\ns_getreg_b32 s0, hwreg(HW_REG_SHADER_CYCLES_LO)")
    assert pair(wave, 0) > 0
