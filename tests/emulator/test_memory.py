"""Loads and stores of global, flat, scratch and buffer memory: every width, form and alignment against bytes in Python."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import Fault, Wave

from tests.emulator.memory_forms import (
    LOADS,
    STORES,
    Array,
    Form,
    group,
    lanes_of,
    loaded,
    machines,
    masks,
    patterns,
    random_bytes,
    set_addresses,
    spelled,
    stored,
)

ROOM = 4096


def address_of(memory: Array) -> int:
    return int(memory.ctypes.data)


def place(k: int) -> tuple[int, int]:
    """Registers of the k-th instruction of a run: two of its address, four of its data."""
    return 2 * k, 32 + 4 * k


def check_loaded(wave: Wave, before: Array, form: Form, k: int, *, mask: int, raw: list[bytes]) -> None:
    """Compares the registers of the k-th load; `raw` are the bytes of each lane."""
    data = place(k)[1]
    for lane in range(wave.lanes):
        old = [int(value) for value in before[data : data + form.registers, lane]]
        wanted = loaded(form, raw[lane], old) if mask >> lane & 1 else old
        found = [int(value) for value in wave.vgpr[data : data + form.registers, lane]]
        assert found == wanted, f"{form.name}, lane {lane}"


def fresh_wave(arch: str, lanes: int) -> Wave:
    wave = Wave(arch, lanes, scratch_bytes=ROOM)
    wave.vgpr[:256] = np.random.default_rng(lanes).integers(0, 1 << 32, (256, lanes), dtype=np.uint32)
    return wave


def lines(arch: str, forms: tuple[Form, ...], space: str, tail: str) -> str:
    """One instruction of each form; `tail` follows the address."""
    text = []
    for k, form in enumerate(forms):
        address, data = place(k)
        registers, target = group(data, form.registers), group(address, 2)
        operands = f"{registers}, {target}" if form in LOADS else f"{target}, {registers}"
        text.append(f"{spelled(form, space, arch)} {operands}{tail}")
    return "\n".join(text)


@machines
@pytest.mark.parametrize("space", ["global", "flat"])
def test_loads(arch: str, lanes: int, space: str) -> None:
    """Lanes in a row, apart, at one place, unaligned; lanes that are switched off keep their registers."""
    offset = "offset:8" if not (space == "flat" and arch == "gfx1030") else ""
    shift = 8 if offset else 0
    tail = {"global": f", off {offset}", "flat": f" {offset}"}[space]
    code = assemble(lines(arch, LOADS, space, tail) + "\ns_endpgm", arch, lanes)
    memory = random_bytes(ROOM, 1)
    for pattern in ("row", "odd row", "same", "anywhere", "falling"):
        for mask in masks(lanes):
            wave = fresh_wave(arch, lanes)
            places = [patterns(form, lanes, ROOM)[pattern] for form in LOADS]
            for k, offsets in enumerate(places):
                set_addresses(wave, place(k)[0], (offsets + address_of(memory) - shift).astype(np.uint64))
            before, wave.exec = wave.vgpr.copy(), mask
            wave.run(code)
            for k, form in enumerate(LOADS):
                raw = [memory[o : o + form.bytes].tobytes() for o in places[k]]
                check_loaded(wave, before, form, k, mask=mask, raw=raw)


@machines
@pytest.mark.parametrize("space", ["global", "flat"])
def test_stores(arch: str, lanes: int, space: str) -> None:
    """Only the bytes of active lanes change."""
    tail = ", off" if space == "global" else ""
    code = assemble(lines(arch, STORES, space, tail) + "\ns_endpgm", arch, lanes)
    for pattern in ("row", "odd row", "falling"):
        for mask in masks(lanes):
            wave = fresh_wave(arch, lanes)
            memories = [random_bytes(ROOM, k) for k in range(len(STORES))]
            wanted = [memory.copy() for memory in memories]
            for k, form in enumerate(STORES):
                offsets = patterns(form, lanes, ROOM)[pattern]
                set_addresses(wave, place(k)[0], (offsets + address_of(memories[k])).astype(np.uint64))
                for lane in lanes_of(mask, lanes):
                    data = stored(form, [int(v) for v in wave.vgpr[place(k)[1] : place(k)[1] + 4, lane]])
                    wanted[k][offsets[lane] : offsets[lane] + form.bytes] = np.frombuffer(data, np.uint8)
            wave.exec = mask
            wave.run(code)
            for k, form in enumerate(STORES):
                assert np.array_equal(memories[k], wanted[k]), form.name


@machines
def test_scalar_base(arch: str, lanes: int) -> None:
    """A 64-bit scalar base, 32 unsigned bits a lane, and an offset that may be negative."""
    memory = random_bytes(ROOM, 2)
    code = ""
    for k, form in enumerate(LOADS):
        code += f"{spelled(form, 'global', arch)} {group(place(k)[1], form.registers)}, v{2 * k}, s[2:3] offset:-16\n"
    wave = fresh_wave(arch, lanes)
    offsets = [patterns(form, lanes, ROOM)["anywhere"] for form in LOADS]
    for k, lane_offsets in enumerate(offsets):
        wave.vgpr[2 * k] = lane_offsets + 16
    wave.sgpr[2], wave.sgpr[3] = address_of(memory) & 0xFFFFFFFF, address_of(memory) >> 32
    before = wave.vgpr.copy()
    wave.run(code)
    for k, form in enumerate(LOADS):
        raw = [memory[o : o + form.bytes].tobytes() for o in offsets[k]]
        check_loaded(wave, before, form, k, mask=wave.exec, raw=raw)


SHARED_APERTURE, PRIVATE_APERTURE = 0x00010000 << 32, 0x00020000 << 32


def scratch_byte(offset: int, lane: int, lanes: int) -> int:
    """Where byte `offset` of a lane's private memory lies."""
    return offset // 4 * 4 * lanes + 4 * lane + offset % 4


def private_bytes(scratch: Array, offset: int, count: int, lane: int, lanes: int) -> bytes:
    return bytes(int(scratch[scratch_byte(offset + n, lane, lanes)]) for n in range(count))


@machines
def test_flat_apertures(arch: str, lanes: int) -> None:
    """Flat addresses reach LDS, private memory and global memory, in different lanes of one instruction."""
    memory = random_bytes(ROOM, 3)
    wave = fresh_wave(arch, lanes)
    wave.lds[:] = random_bytes(wave.lds.size, 4)
    wave.scratch[:] = random_bytes(wave.scratch.size, 5)
    bases = np.array([address_of(memory), SHARED_APERTURE, PRIVATE_APERTURE], np.uint64)[np.arange(lanes) % 3]
    places = [patterns(form, lanes, ROOM)["anywhere"] for form in LOADS]
    for k, offsets in enumerate(places):
        set_addresses(wave, place(k)[0], offsets.astype(np.uint64) + bases)
    before = wave.vgpr.copy()
    wave.run(lines(arch, LOADS, "flat", ""))
    for k, form in enumerate(LOADS):
        raw = []
        for lane, o in enumerate(places[k]):
            in_row = (memory if lane % 3 == 0 else wave.lds)[o : o + form.bytes].tobytes()
            raw.append(in_row if lane % 3 < 2 else private_bytes(wave.scratch, int(o), form.bytes, lane, lanes))
        check_loaded(wave, before, form, k, mask=wave.exec, raw=raw)


@machines
def test_flat_stores_to_apertures(arch: str, lanes: int) -> None:
    """Stores of each width through all three kinds of address."""
    for form in STORES:
        memory = np.zeros(ROOM, np.uint8)
        wave = fresh_wave(arch, lanes)
        bases = np.array([address_of(memory), SHARED_APERTURE, PRIVATE_APERTURE], np.uint64)[np.arange(lanes) % 3]
        offsets = patterns(form, lanes, ROOM)["odd row"]
        set_addresses(wave, 0, offsets.astype(np.uint64) + bases)
        wave.run(f"{spelled(form, 'flat', arch)} v[0:1], {group(4, form.registers)}")
        for lane, o in enumerate(offsets):
            data = stored(form, [int(v) for v in wave.vgpr[4:8, lane]])
            in_row = (memory if lane % 3 == 0 else wave.lds)[o : o + form.bytes].tobytes()
            assert data == (in_row if lane % 3 < 2 else private_bytes(wave.scratch, int(o), form.bytes, lane, lanes)), form.name


def scratch_forms(arch: str) -> list[tuple[str, bool, bool]]:
    """Address operands that the architecture has: text, whether it counts v0, whether it counts s0."""
    forms = [("v0, off", True, False), ("off, s0", False, True)]
    if arch != "gfx90a":
        forms.append(("off, off", False, False))
    if arch not in ("gfx90a", "gfx1030"):
        forms.append(("v0, s0", True, True))
    return forms


@machines
def test_scratch(arch: str, lanes: int) -> None:
    """Private memory by lane, by a scalar offset, by both and by neither; stored, and loaded again."""
    for shift in (0, 1):  # aligned and not
        for text, by_lane, by_scalar in scratch_forms(arch):
            for form, load in zip(STORES, [LOADS[0], LOADS[2], LOADS[7], LOADS[9], *LOADS[10:]], strict=True):
                check_scratch((arch, lanes), text, form, load, by=(by_lane, by_scalar), shift=shift)


def check_scratch(machine: tuple[str, int], text: str, form: Form, load: Form, *, by: tuple[bool, bool], shift: int) -> None:
    arch, lanes = machine
    wave = fresh_wave(arch, lanes)
    wave.vgpr[0] = np.random.default_rng(shift).integers(0, 50, lanes) * 16 + shift
    wave.sgpr[0] = 0x100 + shift
    before = wave.vgpr.copy()
    first, second = text.split(", ")
    data, back = group(4, form.registers), group(8, form.registers)
    offset = "offset:20"
    wave.run(f"{spelled(form, 'scratch', arch)} {first}, {data}, {second} {offset}\n"
             f"{spelled(load, 'scratch', arch)} {back}, {text} {offset}")  # fmt: skip
    for lane in range(lanes):
        at = 20 + (int(before[0, lane]) if by[0] else 0) + (int(wave.sgpr[0]) if by[1] else 0)
        data = stored(form, [int(v) for v in before[4:8, lane]])
        assert private_bytes(wave.scratch, at, form.bytes, lane, lanes) == data, (form.name, text)
        wanted = loaded(load, data, [int(v) for v in before[8:12, lane]])
        assert [int(v) for v in wave.vgpr[8 : 8 + form.registers, lane]] == wanted, (load.name, text)


def test_scratch_out_of_range() -> None:
    wave = Wave("gfx1100", 32, scratch_bytes=64)
    with pytest.raises(Fault, match="private memory"):
        wave.run("scratch_load_b64 v[2:3], off, off offset:60")
    with pytest.raises(Fault, match="private memory"):
        wave.run("scratch_store_b8 off, v0, off offset:64")


@pytest.mark.parametrize("address", [0, 8, 0x7FFF_FFFF_F000, 0x1234_5678_9ABC_DEF0, 0xFFFF_FFFF_FFFF_FFF0])
@pytest.mark.parametrize("code", ["global_load_b32 v4, v[0:1], off", "global_store_b128 v[0:1], v[4:7], off",
                                  "flat_atomic_add_u32 v[0:1], v4", "flat_load_b64 v[4:5], v[0:1]"])  # fmt: skip
def test_wild_addresses(address: int, code: str) -> None:
    """Memory that is not there stops the wave at its instruction, and the process goes on."""
    wave = Wave("gfx1100", 32)
    set_addresses(wave, 0, np.full(32, address, np.uint64))
    with pytest.raises(Fault, match="memory that is not there") as caught:
        wave.run(f"s_mov_b32 s0, s0\n{code}")
    assert caught.value.offset == 4


def test_load_to_its_own_address() -> None:
    """The address registers may be the destination."""
    memory = random_bytes(1024, 6)
    wave = Wave("gfx1100", 32)
    set_addresses(wave, 0, (address_of(memory) + 16 * np.arange(32)).astype(np.uint64))
    wave.run("global_load_b128 v[0:3], v[0:1], off")
    assert np.array_equal(wave.vgpr[:4].T, memory.view(np.uint32).reshape(-1, 4)[:32])


@pytest.mark.parametrize(("arch", "lanes"), [("gfx1100", 32), ("gfx1100", 64), ("gfx1201", 32), ("gfx1030", 64)])
def test_by_lane_number(arch: str, lanes: int) -> None:
    """Scalar base, offset, and four bytes a lane."""
    load, store = ("global_load_dword_addtid", "global_store_dword_addtid") if arch == "gfx1030" else (
        "global_load_addtid_b32", "global_store_addtid_b32")  # fmt: skip
    memory = np.arange(1024, dtype=np.uint32)
    wave = fresh_wave(arch, lanes)
    wave.exec = masks(lanes)[1]
    wave.sgpr[2], wave.sgpr[3] = address_of(memory) & 0xFFFFFFFF, address_of(memory) >> 32
    before = wave.vgpr.copy()
    wave.run(f"{load} v4, s[2:3] offset:64\n{store} v5, s[2:3] offset:1024")
    on = np.array([wave.exec >> lane & 1 for lane in range(lanes)], bool)
    assert np.array_equal(wave.vgpr[4], np.where(on, np.arange(16, 16 + lanes), before[4]))
    assert np.array_equal(memory[256 : 256 + lanes], np.where(on, before[5], np.arange(256, 256 + lanes)))


def test_blocks() -> None:
    """gfx12: up to 32 registers, those whose bits in M0 are set, to global and to private memory and back."""
    chosen = 0x8001_0F05
    memory = np.zeros((32, 40), np.uint32)
    wave = fresh_wave("gfx1201", 32)
    set_addresses(wave, 0, (address_of(memory) + 160 * np.arange(32)).astype(np.uint64))
    wave.sgpr[124] = chosen
    before = wave.vgpr.copy()
    wave.run("""global_store_block v[0:1], v[32:63], off offset:8
                global_load_block v[64:95], v[0:1], off offset:8
                scratch_store_block off, v[32:63], off offset:16
                scratch_load_block v[96:127], off, off offset:16""")
    picked = np.array([chosen >> n & 1 for n in range(32)], bool)
    assert np.array_equal(memory[:, 2:34][:, picked], before[32:64].T[:, picked])
    assert not memory[:, 2:34][:, ~picked].any()
    for first in (64, 96):
        wanted = np.where(picked[:, None], before[32:64], before[first : first + 32])
        assert np.array_equal(wave.vgpr[first : first + 32], wanted)
