"""Scalar loads, stores and atomics."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Fault, Wave

from tests.emulator.lanes import ARCHS, pair, set_pair


def test_scalar_loads() -> None:
    """Every width from a base, an immediate and a register; the addresses' low bits do not count."""
    data = np.arange(64, dtype=np.uint32) * 0x01010101
    at = data.ctypes.data
    for arch, lanes in ARCHS:
        for words in WIDTHS:
            wave = Wave(arch, lanes)
            set_pair(wave, 2, at + 8)
            wave.sgpr[4] = 20
            load = operation("s_load", words, arch)
            by_register = f"{load} {registers(32, words)}, s[2:3], s4" + (
                " offset:0x8" if arch.startswith(("gfx11", "gfx12")) else ""
            )
            wave.run(f"{load} {registers(16, words)}, s[2:3], 0x10\n{by_register}")
            assert (wave.sgpr[16 : 16 + words] == data[6 : 6 + words]).all()
            first = 9 if arch.startswith(("gfx11", "gfx12")) else 7
            assert (wave.sgpr[32 : 32 + words] == data[first : first + words]).all()


def descriptor(wave: Wave, register: int, at: int, records: int, stride: int = 0) -> None:
    wave.sgpr[register : register + 4] = [at & 0xFFFFFFFF, at >> 32 | stride << 16, records, 0]


WIDTHS = {1: ("dword", "b32"), 2: ("dwordx2", "b64"), 4: ("dwordx4", "b128"), 8: ("dwordx8", "b256"), 16: ("dwordx16", "b512")}


def operation(name: str, words: int, arch: str) -> str:
    return f"{name}_{WIDTHS[words][arch.startswith(('gfx11', 'gfx12'))]}"


def registers(first: int, words: int) -> str:
    return f"s[{first}:{first + words - 1}]" if words > 1 else f"s{first}"


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
@pytest.mark.parametrize("words", WIDTHS)
def test_scalar_buffer_loads(words: int, arch: str, lanes: int) -> None:
    """What is beyond the buffer reads as 0: by bytes, and by records where there is a stride."""
    data = np.arange(1, 33, dtype=np.uint32)
    for records, stride, readable in ((24, 0, 2), (3, 8, 2), (128, 0, 16), (16, 0, 0)):
        there = min(words, readable)
        wave = Wave(arch, lanes)
        descriptor(wave, 4, data.ctypes.data, records, stride)
        wave.sgpr[16:33] = 99
        wave.run(f"{operation('s_buffer_load', words, arch)} {registers(16, words)}, s[4:7], 0x10")
        assert list(wave.sgpr[16 : 17 + words]) == [*range(5, 5 + there), *[0] * (words - there), 99]


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
        s_buffer_load_u8 s26, s[4:7], 0x2
        s_buffer_load_i16 s27, s[4:7], 0x2
        s_buffer_load_b96 s[28:30], s[4:7], 0x0
    """)
    assert list(wave.sgpr[16:23]) == [0x80, 0xFFFFFF80, 0x80FF, 0xFFFF80FF, 0x12345678, 3, 4]
    assert list(wave.sgpr[24:31]) == [0xFFFFFF81, 0, 0xFF, 0xFFFF80FF, 0x80FF7F81, 0x12345678, 0]


GFX9 = pytest.mark.parametrize("arch", ["gfx90a", "gfx942"])


@GFX9
@pytest.mark.parametrize("words", [1, 2, 4])
def test_scalar_stores(words: int, arch: str) -> None:
    """Buffers end after 8 words; nothing is written beyond."""
    data = np.zeros(16, np.uint32)
    wave = Wave(arch, 64)
    set_pair(wave, 2, data.ctypes.data)
    descriptor(wave, 4, data.ctypes.data, 32)
    wave.sgpr[8:12] = [0x11, 0x22, 0x33, 0x44]
    name = WIDTHS[words][0]
    wave.run(f"s_store_{name} {registers(8, words)}, s[2:3], 0x8\ns_buffer_store_{name} {registers(8, words)}, s[4:7], 0x1c")
    expected = [0, 0, *[0x11, 0x22, 0x33, 0x44][:words], *[0] * 10]
    expected[7:] = [0x11, *[0] * 8]
    assert list(data) == expected[:16]


ATOMICS = {
    "add": (10, 7, 17), "sub": (10, 7, 3), "swap": (10, 7, 7), "smin": (-3, 7, -3), "umin": (-3, 7, 7), "smax": (-3, 7, 7),
    "umax": (-3, 7, -3), "and": (12, 10, 8), "or": (12, 10, 14), "xor": (12, 10, 6), "inc": (7, 7, 0), "dec": (0, 7, 7),
}  # fmt: skip


@GFX9
@pytest.mark.parametrize(("memory", "base"), [("", "s[2:3]"), ("buffer_", "s[4:7]")])
@pytest.mark.parametrize("words", [1, 2])
def test_scalar_atomics(words: int, memory: str, base: str, arch: str) -> None:
    """The old value comes back where it is asked for."""
    data = np.zeros(4, np.uint32)
    ones = (1 << 32 * words) - 1
    for name, (old, operand, result) in ATOMICS.items():
        wave = Wave(arch, 64)
        set_pair(wave, 2, data.ctypes.data)
        descriptor(wave, 4, data.ctypes.data, 16)
        data[:2] = [old & 0xFFFFFFFF, old >> 32 & 0xFFFFFFFF]
        set_pair(wave, 8, operand)
        text = f"s_{memory}atomic_{name}{'_x2' if words == 2 else ''} {registers(8, words)}, {base}, 0x0"
        wave.run(f"{text} glc")
        found = int(data[0]) | int(data[1]) << 32
        assert found & ones == result & ones, name
        assert found >> 32 * words == (old & (1 << 64) - 1) >> 32 * words, name
        assert pair(wave, 8) & ones == old & ones, name
        set_pair(wave, 8, operand)
        wave.run(text)
        assert pair(wave, 8) == operand, name


@GFX9
@pytest.mark.parametrize(("memory", "base"), [("", "s[2:3]"), ("buffer_", "s[4:7]")])
@pytest.mark.parametrize("words", [1, 2])
def test_scalar_compare_and_swap(words: int, memory: str, base: str, arch: str) -> None:
    data = np.zeros(4, np.uint32)
    for old, compared in ((5, 5), (6, 5)):
        wave = Wave(arch, 64)
        set_pair(wave, 2, data.ctypes.data)
        descriptor(wave, 4, data.ctypes.data, 16)
        data[:2] = [old, 0]
        set_pair(wave, 8, 9)
        set_pair(wave, 8 + words, compared)
        wave.run(f"s_{memory}atomic_cmpswap{'_x2' if words == 2 else ''} {registers(8, 2 * words)}, {base}, 0x0 glc")
        assert list(data[:2]) == [9 if old == compared else old, 0]
        assert wave.sgpr[8] == old


@GFX9
def test_scalar_atomics_beyond_their_memory(arch: str) -> None:
    data = np.zeros(4, np.uint32)
    wave = Wave(arch, 64)
    set_pair(wave, 2, data.ctypes.data)
    descriptor(wave, 4, data.ctypes.data, 4)
    with pytest.raises(Fault, match="beyond its buffer"):
        wave.run("s_buffer_atomic_add s8, s[4:7], 0x4")
    with pytest.raises(Fault, match="multiple of its size"):
        wave.run("s_atomic_add_x2 s[8:9], s[2:3], 0x4")
    with pytest.raises(Fault, match="memory that is not there"):
        wave.run("s_load_dword s8, s[100:101], 0x0")
    assert not data.any()
