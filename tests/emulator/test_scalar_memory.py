"""Scalar loads, stores and atomics."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Wave

from tests.emulator.lanes import ARCHS, pair, set_pair


def test_scalar_loads() -> None:
    """Every width from a base, an immediate and a register; the addresses' low bits do not count."""
    data = np.arange(64, dtype=np.uint32) * 0x01010101
    at = data.ctypes.data
    for arch, lanes in ARCHS:
        old = not arch.startswith(("gfx11", "gfx12"))
        for words, name in ((1, "dword"), (2, "dwordx2"), (4, "dwordx4"), (8, "dwordx8"), (16, "dwordx16")):
            wave = Wave(arch, lanes)
            set_pair(wave, 2, at + 8)
            wave.sgpr[4] = 20
            operation = f"s_load_{name}" if old else f"s_load_b{32 * words}"
            target = f"s[16:{15 + words}]" if words > 1 else "s16"
            other = f"s[32:{31 + words}]" if words > 1 else "s32"
            by_register = f"{operation} {other}, s[2:3], s4" + (" offset:0x8" if arch.startswith(("gfx11", "gfx12")) else "")
            wave.run(f"{operation} {target}, s[2:3], 0x10\n{by_register}")
            assert (wave.sgpr[16 : 16 + words] == data[6 : 6 + words]).all()
            first = 9 if arch.startswith(("gfx11", "gfx12")) else 7
            assert (wave.sgpr[32 : 32 + words] == data[first : first + words]).all()


def descriptor(wave: Wave, register: int, at: int, records: int, stride: int = 0) -> None:
    wave.sgpr[register : register + 4] = [at & 0xFFFFFFFF, at >> 32 | stride << 16, records, 0]


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_scalar_buffer_loads(arch: str, lanes: int) -> None:
    """What is beyond the buffer reads as 0: by bytes, and by records where there is a stride."""
    data = np.arange(1, 33, dtype=np.uint32)
    name = "s_buffer_load_b128" if arch.startswith(("gfx11", "gfx12")) else "s_buffer_load_dwordx4"
    for records, stride, there in ((24, 0, 2), (3, 8, 2), (128, 0, 4), (16, 0, 0)):
        wave = Wave(arch, lanes)
        descriptor(wave, 4, data.ctypes.data, records, stride)
        wave.sgpr[16:20] = 99
        wave.run(f"{name} s[16:19], s[4:7], 0x10")
        assert list(wave.sgpr[16:20]) == [*range(5, 5 + there), *[0] * (4 - there)]


def test_scalar_loads_of_parts() -> None:
    """gfx12: bytes and halves, extended; 96 bits."""
    data = np.array([0x80FF7F81, 0x12345678, 3, 4], np.uint32)
    wave = Wave("gfx1201", 32)
    set_pair(wave, 2, data.ctypes.data)
    descriptor(wave, 4, data.ctypes.data, 8)
    wave.run("""
        s_load_u8 s16, s[2:3], 0x3
        s_load_i8 s17, s[2:3], 0x3
        s_load_u16 s18, s[2:3], 0x2
        s_load_i16 s19, s[2:3], 0x2
        s_load_b96 s[20:22], s[2:3], 0x4
        s_buffer_load_i8 s24, s[4:7], 0x0
        s_buffer_load_u16 s25, s[4:7], 0x8
    """)
    assert list(wave.sgpr[16:23]) == [0x80, 0xFFFFFF80, 0x80FF, 0xFFFF80FF, 0x12345678, 3, 4]
    assert list(wave.sgpr[24:26]) == [0xFFFFFF81, 0]


@pytest.mark.parametrize("arch", ["gfx90a"])
def test_scalar_stores_and_atomics(arch: str) -> None:
    data = np.zeros(16, np.uint32)
    wave = Wave(arch, 64)
    set_pair(wave, 2, data.ctypes.data)
    descriptor(wave, 4, data.ctypes.data, 8)
    wave.sgpr[8:12] = [0x11, 0x22, 0x33, 0x44]
    wave.run("s_store_dwordx4 s[8:11], s[2:3], 0x10\ns_store_dword s8, s[2:3], 0x4\ns_buffer_store_dwordx2 s[8:9], s[4:7], 0x4")
    assert list(data[:8]) == [0, 0x11, 0, 0, 0x11, 0x22, 0x33, 0x44]  # the second word is beyond the buffer
    data[:] = 0
    expected = {
        "add": (10, 7, 17), "sub": (10, 7, 3), "swap": (10, 7, 7), "smin": (-3, 7, -3), "umin": (-3, 7, 7), "smax": (-3, 7, 7),
        "umax": (-3, 7, -3), "and": (12, 10, 8), "or": (12, 10, 14), "xor": (12, 10, 6), "inc": (7, 7, 0), "dec": (0, 7, 7),
    }  # fmt: skip
    for (name, (old, operand, result)), suffix in itertools.product(expected.items(), ("", "_x2")):
        bits = 64 if suffix else 32
        data[:2] = [old & 0xFFFFFFFF, old >> 32 & 0xFFFFFFFF]
        set_pair(wave, 8, operand)
        wave.run(f"s_atomic_{name}{suffix} {'s[8:9]' if suffix else 's8'}, s[2:3], 0x0 glc")
        assert int(data[0]) | int(data[1]) << 32 == (result % (1 << bits)) | (0 if suffix else (old >> 32 & 0xFFFFFFFF) << 32), name
        assert pair(wave, 8) % (1 << bits) == old % (1 << bits)
    data[0] = 5
    set_pair(wave, 8, 9 | 5 << 32)
    wave.run("s_atomic_cmpswap s[8:9], s[2:3], 0x0")
    assert data[0] == 9
    assert pair(wave, 8) == 9 | 5 << 32  # without glc nothing is returned
