"""MUBUF: descriptors, index and offset, range checking, and the interleaved layout that private memory has through buffers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Fault, Wave

from tests.emulator.memory_forms import (
    LOADS,
    STORES,
    Array,
    group,
    is_old,
    loaded,
    machines,
    random_bytes,
    spelled,
    stored,
)

ROOM = 8192


@dataclass(frozen=True)
class Descriptor:
    """A buffer resource: fields as AMD's ISA documents name them."""

    base: int
    stride: int = 0
    records: int = 0xFFFFFFFF
    swizzle: bool = False
    index_stride: int = 0  # 8 << this
    add_lane: bool = False
    check: int = 3  # gfx10 and later: raw

    def words(self, arch: str) -> list[int]:
        """The four registers."""
        swizzle = self.swizzle << 31 if is_old(arch) else self.swizzle << 30
        word3 = self.index_stride << 21 | self.add_lane << 23
        if arch.startswith("gfx1"):
            word3 |= self.check << 28
        return [self.base & 0xFFFFFFFF, self.base >> 32 | self.stride << 16 | swizzle, self.records, word3]


def wave_with(arch: str, lanes: int, descriptor: Descriptor, scalar_offset: int = 0) -> Wave:
    """Descriptor in s[4:7], scalar offset in s8, random registers."""
    wave = Wave(arch, lanes)
    wave.vgpr[:256] = np.random.default_rng(1).integers(0, 1 << 32, (256, lanes), dtype=np.uint32)
    wave.sgpr[4:8], wave.sgpr[8] = descriptor.words(arch), scalar_offset
    return wave


@machines
@pytest.mark.parametrize(("mode", "count"), [("off", 0), ("idxen", 1), ("offen", 1), ("idxen offen", 2)])
def test_loads(arch: str, lanes: int, mode: str, count: int) -> None:
    """Address = base + scalar offset + index * stride + offset; lanes behind the last byte read 0."""
    memory = random_bytes(ROOM, 1)
    descriptor = Descriptor(int(memory.ctypes.data), stride=12, records=1000)
    wave = wave_with(arch, lanes, descriptor, 40)
    index = np.arange(lanes) if "idxen" in mode else np.zeros(lanes, int)
    offset = np.random.default_rng(2).integers(0, 1100, lanes) if "offen" in mode else np.zeros(lanes, int)
    registers = [*([index] if "idxen" in mode else []), *([offset] if "offen" in mode else [])]
    for n, values in enumerate(registers):
        wave.vgpr[2 + n] = values
    address, flags = ("off", "") if count == 0 else (group(2, count), mode)
    text = [f"{spelled(form, 'buffer', arch)} {group(8 + 4 * k, form.registers)}, {address}, s[4:7], s8 {flags} offset:24"
            for k, form in enumerate(LOADS)]  # fmt: skip
    before = wave.vgpr.copy()
    wave.run("\n".join(text))
    for k, form in enumerate(LOADS):
        for lane in range(lanes):
            at = int(index[lane]) * 12 + int(offset[lane]) + 24 + 40
            raw = memory[at : at + form.bytes].tobytes() if at + form.bytes <= 1000 else bytes(form.bytes)
            old = [int(v) for v in before[8 + 4 * k : 8 + 4 * k + form.registers, lane]]
            assert [int(v) for v in wave.vgpr[8 + 4 * k : 8 + 4 * k + form.registers, lane]] == loaded(form, raw, old), (form, lane)


@machines
def test_stores(arch: str, lanes: int) -> None:
    """Stores behind the end change nothing."""
    for form in STORES:
        memory = random_bytes(ROOM, 3)
        wanted = memory.copy()
        wave = wave_with(arch, lanes, Descriptor(int(memory.ctypes.data), records=16 * lanes - 64))
        wave.vgpr[0] = 16 * np.arange(lanes)
        zero = "null" if arch == "gfx1201" else "0"
        wave.run(f"{spelled(form, 'buffer', arch)} {group(4, form.registers)}, v0, s[4:7], {zero} offen")
        for lane in range(lanes - 4):
            data = stored(form, [int(v) for v in wave.vgpr[4:8, lane]])
            wanted[16 * lane : 16 * lane + form.bytes] = np.frombuffer(data, np.uint8)
        assert np.array_equal(memory, wanted), form.name


@pytest.mark.parametrize(("arch", "lanes"), [("gfx90a", 64), ("gfx1030", 32)])
def test_private_memory(arch: str, lanes: int) -> None:
    """A private segment: dwords of the lanes lie side by side, the scalar offset counts bytes of the whole wave."""
    memory = random_bytes(ROOM * 4, 4)
    wanted = memory.copy()
    stride = {32: 2, 64: 3}[lanes]
    wave = wave_with(arch, lanes, Descriptor(int(memory.ctypes.data), swizzle=True, index_stride=stride, add_lane=True), 512 * 4)
    wave.vgpr[0] = 8 * (np.arange(lanes) % 3)
    wave.run("""buffer_store_dword v4, off, s[4:7], s8 offset:16
                buffer_store_dword v5, v0, s[4:7], 0 offen offset:64
                buffer_store_byte v6, off, s[4:7], 0 offset:33
                buffer_load_dword v7, off, s[4:7], 0 offset:16
                buffer_load_dwordx2 v[8:9], off, s[4:7], 0 offset:18""")

    def place(offset: int, lane: int) -> int:
        return offset // 4 * 4 * lanes + 4 * lane + offset % 4

    def put(at: int, value: int, count: int) -> None:
        wanted[at : at + count] = np.frombuffer(int(value).to_bytes(4, "little")[:count], np.uint8)

    for lane in range(lanes):
        put(512 * 4 + place(16, lane), wave.vgpr[4, lane], 4)
        put(place(64 + 8 * (lane % 3), lane), wave.vgpr[5, lane], 4)
        put(place(33, lane), int(wave.vgpr[6, lane]) & 0xFF, 1)
    assert np.array_equal(memory, wanted)
    for lane in range(lanes):
        parts = bytes(int(wanted[place(16 + n, lane)]) for n in range(10))
        assert int(wave.vgpr[7, lane]) == int.from_bytes(parts[:4], "little")
        assert int(wave.vgpr[8, lane]) == int.from_bytes(parts[2:6], "little")
        assert int(wave.vgpr[9, lane]) == int.from_bytes(parts[6:10], "little")


@pytest.mark.parametrize(("arch", "lanes"), [("gfx90a", 64), ("gfx1030", 32)])
def test_the_wave_s_own_segment(arch: str, lanes: int) -> None:
    """A descriptor of the wave's scratch reads and writes it, and no more of it than there is."""
    wave = wave_with(arch, lanes, Descriptor(0))
    base = int(wave.scratch.ctypes.data)
    stride = {32: 2, 64: 3}[lanes]
    wave.sgpr[4:8] = Descriptor(base, swizzle=True, index_stride=stride, add_lane=True).words(arch)
    wave.sgpr[8] = 32 * lanes
    wave.vgpr[0] = 4 * (np.arange(lanes) % 5)
    wave.run("""buffer_store_dwordx2 v[4:5], off, s[4:7], s8 offset:16
                buffer_store_dword v6, v0, s[4:7], s8 offen offset:64
                buffer_load_dwordx2 v[8:9], off, s[4:7], s8 offset:16
                buffer_load_ushort v10, v0, s[4:7], s8 offen offset:66""")
    words = wave.scratch.view(np.uint32).reshape(-1, lanes)
    assert np.array_equal(words[12:14], wave.vgpr[4:6])
    assert np.array_equal(words[24 + np.arange(lanes) % 5, np.arange(lanes)], wave.vgpr[6])
    assert np.array_equal(wave.vgpr[8:10], wave.vgpr[4:6])
    assert np.array_equal(wave.vgpr[10], wave.vgpr[6] >> 16)
    with pytest.raises(Fault, match="private memory"):
        wave.run("buffer_store_dword v4, off, s[4:7], s8 offset:992")


def structured(arch: str, check: int, records: int, index: Array, offset: int) -> Array:
    """Which lanes of a structured buffer read something."""
    memory = np.full(ROOM, 0x11, np.uint8)
    wave = wave_with(arch, 32, Descriptor(int(memory.ctypes.data), stride=16, records=records, check=check))
    wave.vgpr[0] = index
    wave.run(f"{'buffer_load_b32' if not is_old(arch) else 'buffer_load_dword'} v1, v0, s[4:7], "
             f"{'null' if arch == 'gfx1201' else 0} idxen offset:{offset}")  # fmt: skip
    return wave.vgpr[1] == 0x11111111


@pytest.mark.parametrize("arch", ["gfx1030", "gfx1100", "gfx1201"])
def test_range_checks(arch: str) -> None:
    """gfx10 and later choose what is compared: index and offset, the index, whether there is anything, or bytes."""
    index = np.arange(32)
    assert np.array_equal(structured(arch, 0, 20, index, 4), index < 20)
    assert not structured(arch, 0, 20, index, 13).any()
    assert np.array_equal(structured(arch, 1, 20, index, 13), index < 20)
    assert structured(arch, 2, 1, index, 4).all()
    assert not structured(arch, 2, 0, index, 4).any()
    assert np.array_equal(structured(arch, 3, 200, index, 4), index * 16 + 8 <= 200)
