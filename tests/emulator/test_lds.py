"""LDS instructions without arithmetic: loads and stores, pairs, addresses by lane, counters, and moves between lanes."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import M0, Fault, Wave

from tests.emulator.memory_forms import (
    LOADS,
    STORES,
    Array,
    group,
    is_old,
    lanes_of,
    loaded,
    machines,
    masks,
    patterns,
    random_bytes,
    spelled,
    stored,
)

ROOM = 4096


def fresh_wave(arch: str, lanes: int, seed: int = 1) -> Wave:
    wave = Wave(arch, lanes, lds_bytes=ROOM)
    wave.lds[:] = random_bytes(ROOM, seed)
    wave.vgpr[:256] = np.random.default_rng(seed).integers(0, 1 << 32, (256, lanes), dtype=np.uint32)
    return wave


def registers(values: Array, first: int, count: int, lane: int) -> list[int]:
    return [int(v) for v in values[first : first + count, lane]]


@machines
def test_loads(arch: str, lanes: int) -> None:
    """Every width in rows, at one place, and in any alignment, with an offset."""
    text = [f"{spelled(f, 'ds', arch)} {group(32 + 4 * k, f.registers)}, v{k} offset:16" for k, f in enumerate(LOADS)]
    code = assemble("\n".join([*text, "s_endpgm"]), arch, lanes)
    for pattern in ("row", "odd row", "same", "anywhere", "falling"):
        for mask in masks(lanes):
            wave = fresh_wave(arch, lanes)
            places = [patterns(form, lanes, ROOM)[pattern] for form in LOADS]
            for k, offsets in enumerate(places):
                wave.vgpr[k] = np.maximum(offsets - 16, 0)
            wave.exec, before = mask, wave.vgpr.copy()
            wave.run(code)
            for k, form in enumerate(LOADS):
                for lane in range(lanes):
                    at, old = int(before[k, lane]) + 16, registers(before, 32 + 4 * k, form.registers, lane)
                    wanted = loaded(form, wave.lds[at : at + form.bytes].tobytes(), old) if mask >> lane & 1 else old
                    assert registers(wave.vgpr, 32 + 4 * k, form.registers, lane) == wanted, (form, pattern, lane)


@machines
def test_stores(arch: str, lanes: int) -> None:
    for form in STORES:
        for mask in masks(lanes):
            wave = fresh_wave(arch, lanes)
            wave.vgpr[0] = patterns(form, lanes, ROOM)["odd row"]
            wave.exec, wanted = mask, wave.lds.copy()
            for lane in lanes_of(mask, lanes):
                at = int(wave.vgpr[0, lane]) + 8
                wanted[at : at + form.bytes] = np.frombuffer(stored(form, registers(wave.vgpr, 4, 4, lane)), np.uint8)
            wave.run(f"{spelled(form, 'ds', arch)} v0, {group(4, form.registers)} offset:8")
            assert np.array_equal(wave.lds, wanted), form.name


@machines
def test_out_of_range(arch: str, lanes: int) -> None:
    """Loads give 0, stores and atomics do nothing."""
    wave = fresh_wave(arch, lanes)
    before = wave.lds.copy()
    wave.vgpr[0] = np.where(np.arange(lanes) % 2, ROOM - 4, 0xFFFFFFE0)
    load, store = ("ds_read_b64", "ds_write_b64") if is_old(arch) else ("ds_load_b64", "ds_store_b64")
    wave.run(f"{load} v[4:5], v0\n{store} v0, v[6:7] offset:8\nds_add_rtn_u32 v8, v0, v9 offset:4")
    assert not wave.vgpr[4:6].any()
    assert not wave.vgpr[8].any()
    assert np.array_equal(wave.lds, before)


@machines
def test_negative_base(arch: str, lanes: int) -> None:
    """Addresses have 32 bits: a base below 0 and an offset beyond it meet inside."""
    wave = fresh_wave(arch, lanes)
    wave.vgpr[0] = (4 * np.arange(lanes) - 256) & 0xFFFFFFFF
    wave.run(f"{'ds_read_b32' if is_old(arch) else 'ds_load_b32'} v4, v0 offset:512")
    assert np.array_equal(wave.vgpr[4], wave.lds.view(np.uint32)[64 : 64 + lanes])


@machines
@pytest.mark.parametrize("size", [4, 8])
@pytest.mark.parametrize("stride", [1, 64])
def test_pairs(arch: str, lanes: int, size: int, stride: int) -> None:
    """Two offsets in units of the size, or of 64 times the size."""
    n = size // 4
    kind = "b32" if size == 4 else "b64"
    old = {1: "ds_{0}2_", 64: "ds_{0}2st64_"}[stride]
    new = {1: "ds_{0}_2addr_", 64: "ds_{0}_2addr_stride64_"}[stride]
    names = [(old if is_old(arch) else new).format(w) + kind for w in (("read", "write") if is_old(arch) else ("load", "store"))]
    exchange = (old if is_old(arch) else new).format("wrxchg" if is_old(arch) else "storexchg") + "rtn_" + kind
    first, second = (3, 130) if stride == 1 else (1, 4)
    wave = fresh_wave(arch, lanes)
    wave.vgpr[0] = size * np.random.default_rng(size).permutation(lanes)
    wave.exec = masks(lanes)[1]
    before, lds = wave.vgpr.copy(), wave.lds.copy()
    wave.run(f"""{names[0]} {group(4, 2 * n)}, v0 offset0:{first} offset1:{second}
                 {names[1]} v0, {group(8, n)}, {group(10, n)} offset0:{second} offset1:{first}
                 {exchange} {group(12, 2 * n)}, v0, {group(16, n)}, {group(18, n)} offset0:{first} offset1:{second}""")
    for lane in lanes_of(wave.exec, lanes):
        places = [int(before[0, lane]) + offset * size * stride for offset in (first, second)]
        words = [w for at in places for w in np.frombuffer(lds[at : at + size].tobytes(), np.uint32)]
        assert registers(wave.vgpr, 4, 2 * n, lane) == words
        assert registers(wave.vgpr, 12, 2 * n, lane) == registers(before, 10, n, lane) + registers(before, 8, n, lane)
        left = [w for at in places for w in np.frombuffer(wave.lds[at : at + size].tobytes(), np.uint32)]
        assert left == registers(before, 16, n, lane) + registers(before, 18, n, lane)
    off = [lane for lane in range(lanes) if not wave.exec >> lane & 1]
    assert np.array_equal(wave.vgpr[:, off], before[:, off])


@machines
def test_by_lane_and_counters(arch: str, lanes: int) -> None:
    """M0 + offset + 4 * lane; a counter moves by the number of active lanes, which all get its old value."""
    old = is_old(arch)
    load, store = ("ds_read_addtid_b32", "ds_write_addtid_b32") if old else ("ds_load_addtid_b32", "ds_store_addtid_b32")
    wave = fresh_wave(arch, lanes)
    wave.exec, wave.sgpr[M0] = masks(lanes)[1], 0x40
    before, words = wave.vgpr.copy(), wave.lds.copy().view(np.uint32)
    wave.run(f"{load} v4 offset:64\n{store} v5 offset:1024\nds_append v6 offset:8\nds_append v7 offset:8\nds_consume v8 offset:8")
    on = np.array([wave.exec >> lane & 1 for lane in range(lanes)], bool)
    after = wave.lds.view(np.uint32)
    assert np.array_equal(wave.vgpr[4], np.where(on, words[32 : 32 + lanes], before[4]))
    assert np.array_equal(after[272 : 272 + lanes], np.where(on, before[5], words[272 : 272 + lanes]))
    counter, count = words[(0x40 + 8) // 4], np.uint32(on.sum())
    assert np.array_equal(wave.vgpr[6], np.where(on, counter, before[6]))
    assert np.array_equal(wave.vgpr[7], np.where(on, counter + count, before[7]))
    assert np.array_equal(wave.vgpr[8], np.where(on, counter + 2 * count, before[8]))
    assert after[(0x40 + 8) // 4] == counter + count


def reversed_bits(value: int) -> int:
    return int(f"{value:05b}"[::-1], 2)


def swizzles(lanes: int) -> dict[str, list[int]]:
    """The lane that each lane reads, by the assembler's names of the modes."""
    here = range(lanes)
    return {
        "QUAD_PERM, 2, 0, 3, 1": [(lane & ~3) | (2, 0, 3, 1)[lane & 3] for lane in here],
        'BITMASK_PERM, "01pip"': [(lane & 0b00101) ^ 0b01010 ^ 0b00010 for lane in here],
        "BROADCAST, 8, 5": [(lane & ~7) | 5 for lane in here],
        "SWAP, 4": [lane ^ 4 for lane in here],
        "REVERSE, 16": [lane ^ 15 for lane in here],
        "FFT, 31": list(here),
        "FFT, 0": [(lane & 32) | reversed_bits(lane & 31) for lane in here],
        "ROTATE, 0, 5": [(lane & 32) | (lane + 5) % 32 for lane in here],
        "ROTATE, 1, 3": [(lane & 32) | (lane - 3) % 32 for lane in here],
    }


@machines
def test_swizzle(arch: str, lanes: int) -> None:
    """All modes; lanes that are switched off give 0."""
    modes = swizzles(lanes)
    modes['BITMASK_PERM, "01pip"'] = [(lane & 32) | (0b01000 | (lane & 0b00101) | (~lane & 0b00010)) for lane in range(lanes)]
    text = [f"ds_swizzle_b32 v{4 + k}, v0 offset:swizzle({mode})" for k, mode in enumerate(modes)]
    for mask in masks(lanes):
        wave = fresh_wave(arch, lanes)
        wave.exec, before = mask, wave.vgpr.copy()
        wave.run("\n".join(text))
        for k, (mode, sources) in enumerate(modes.items()):
            moved = [before[0, s] if mask >> s & 1 else 0 for s in sources]
            wanted = [moved[lane] if mask >> lane & 1 else before[4 + k, lane] for lane in range(lanes)]
            assert np.array_equal(wave.vgpr[4 + k], wanted), mode


def half(arch: str, lanes: int) -> int:
    """Lanes that permute among themselves."""
    return lanes if arch in ("gfx90a", "gfx942", "gfx1201") else 32


@machines
def test_permutes(arch: str, lanes: int) -> None:
    """Backward: lanes read; forward: lanes push, the highest wins, unreached lanes get 0. Both by bytes, modulo the lanes."""
    reach = half(arch, lanes)
    for mask in masks(lanes):
        wave = fresh_wave(arch, lanes)
        wave.exec, before = mask, wave.vgpr.copy()
        extra = "ds_bpermute_fi_b32 v6, v0, v1 offset:12" if arch == "gfx1201" else ""
        wave.run(f"ds_bpermute_b32 v4, v0, v1 offset:12\nds_permute_b32 v5, v0, v1 offset:4\n{extra}")
        backward, forward, anyhow = before[4].copy(), before[5].copy(), before[6].copy()
        forward[lanes_of(mask, lanes)] = 0
        for lane in lanes_of(mask, lanes):
            base, address = lane // reach * reach, int(before[0, lane])
            source = base + (address + 12) % 2**32 // 4 % reach
            backward[lane] = before[1, source] if mask >> source & 1 else 0
            anyhow[lane] = before[1, source]
            target = base + (address + 4) % 2**32 // 4 % reach
            if mask >> target & 1:
                forward[target] = before[1, lane]
        assert np.array_equal(wave.vgpr[4], backward)
        assert np.array_equal(wave.vgpr[5], forward)
        assert not extra or np.array_equal(wave.vgpr[6], anyhow)


def test_other_memories_are_refused() -> None:
    """GDS and the counters of all workgroups are not LDS."""
    for arch, code in (("gfx1030", "ds_add_u32 v0, v1 gds"), ("gfx90a", "ds_gws_init v0 gds"), ("gfx1030", "ds_append v0 gds")):
        with pytest.raises(Fault, match=r"not emulated|unknown encoding"):
            Wave(arch, 32 if arch == "gfx1030" else 64).run(code)


LOADS_TO_LDS = [
    ("gfx90a", "buffer_load_dword v0, s[4:7], 0 offen offset:16 lds", 4, False),
    ("gfx90a", "buffer_load_sbyte v0, s[4:7], 0 offen offset:16 lds", 1, True),
    ("gfx942", "buffer_load_ushort v0, s[4:7], 0 offen offset:16 lds", 2, False),
    ("gfx942", "global_load_lds_dword v0, s[4:5] offset:16", 4, False),
    ("gfx942", "global_load_lds_sshort v0, s[4:5] offset:16", 2, True),
    ("gfx942", "global_load_lds_ubyte v0, s[4:5] offset:16", 1, False),
]


@pytest.mark.parametrize(("arch", "code", "size", "signed"), LOADS_TO_LDS)
def test_loads_to_lds(arch: str, code: str, size: int, signed: bool) -> None:
    """Lane l fills dword l from M0 + offset on; lanes that are switched off fill nothing."""
    memory = random_bytes(ROOM, 7)
    wave = fresh_wave(arch, 64)
    offsets = np.random.default_rng(8).integers(0, ROOM - 32, 64)
    wave.vgpr[0], wave.exec, wave.sgpr[M0] = offsets, masks(64)[1], 0x80
    base = int(memory.ctypes.data)
    wave.sgpr[4:8] = [base & 0xFFFFFFFF, base >> 32, 0xFFFFFFFF, 0]
    words = wave.lds.copy().view(np.uint32)
    for lane in lanes_of(wave.exec, 64):
        raw = memory[offsets[lane] + 16 : offsets[lane] + 16 + size].tobytes()
        words[(0x80 + 16) // 4 + lane] = int.from_bytes(raw, "little", signed=signed) & 0xFFFFFFFF
    before = wave.vgpr.copy()
    wave.run(code)
    assert np.array_equal(wave.lds.view(np.uint32), words)
    assert np.array_equal(wave.vgpr, before)
