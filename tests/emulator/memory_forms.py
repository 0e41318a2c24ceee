"""What tests of memory instructions share: machines, spellings, widths, and what loads and stores do to registers and bytes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import Wave, disassemble

Array = np.ndarray

MACHINES = (("gfx1100", 32), ("gfx1100", 64), ("gfx1201", 32), ("gfx1030", 32), ("gfx90a", 64), ("gfx942", 64))
machines = pytest.mark.parametrize(("arch", "lanes"), MACHINES, ids=[f"{arch}-{lanes}" for arch, lanes in MACHINES])


@dataclass(frozen=True)
class Form:
    """A width of loads or stores: its name on gfx11, its older one, the DS names of both, and what part of a register it means."""

    name: str
    old: str
    shared: str
    bytes: int
    signed: bool = False
    part: str = "whole"

    @property
    def registers(self) -> int:
        """Registers a lane."""
        return max(1, self.bytes // 4)

    def old_shared(self) -> str:
        """The DS name of gfx9 and gfx10."""
        return self.shared.replace("load", "read").replace("store", "write")


LOADS = (
    Form("load_u8", "load_ubyte", "load_u8", 1),
    Form("load_i8", "load_sbyte", "load_i8", 1, True),
    Form("load_u16", "load_ushort", "load_u16", 2),
    Form("load_i16", "load_sshort", "load_i16", 2, True),
    Form("load_d16_u8", "load_ubyte_d16", "load_u8_d16", 1, False, "low"),
    Form("load_d16_i8", "load_sbyte_d16", "load_i8_d16", 1, True, "low"),
    Form("load_d16_b16", "load_short_d16", "load_u16_d16", 2, False, "low"),
    Form("load_d16_hi_u8", "load_ubyte_d16_hi", "load_u8_d16_hi", 1, False, "high"),
    Form("load_d16_hi_i8", "load_sbyte_d16_hi", "load_i8_d16_hi", 1, True, "high"),
    Form("load_d16_hi_b16", "load_short_d16_hi", "load_u16_d16_hi", 2, False, "high"),
    Form("load_b32", "load_dword", "load_b32", 4),
    Form("load_b64", "load_dwordx2", "load_b64", 8),
    Form("load_b96", "load_dwordx3", "load_b96", 12),
    Form("load_b128", "load_dwordx4", "load_b128", 16),
)
STORES = (
    Form("store_b8", "store_byte", "store_b8", 1),
    Form("store_b16", "store_short", "store_b16", 2),
    Form("store_d16_hi_b8", "store_byte_d16_hi", "store_b8_d16_hi", 1, False, "high"),
    Form("store_d16_hi_b16", "store_short_d16_hi", "store_b16_d16_hi", 2, False, "high"),
    Form("store_b32", "store_dword", "store_b32", 4),
    Form("store_b64", "store_dwordx2", "store_b64", 8),
    Form("store_b96", "store_dwordx3", "store_b96", 12),
    Form("store_b128", "store_dwordx4", "store_b128", 16),
)


def is_old(arch: str) -> bool:
    """Whether the architecture spells instructions as gfx9 does."""
    return not arch.startswith(("gfx11", "gfx12"))


def spelled(form: Form, space: str, arch: str) -> str:
    """The instruction's name: `space` is global, flat, scratch, buffer or ds."""
    if space == "ds":
        return f"ds_{form.old_shared() if is_old(arch) else form.shared}"
    return f"{space}_{form.old if is_old(arch) else form.name}"


def group(first: int, count: int) -> str:
    """Registers as the assembler writes them."""
    return f"v{first}" if count == 1 else f"v[{first}:{first + count - 1}]"


def lanes_of(mask: int, lanes: int) -> list[int]:
    """The lanes in a mask."""
    return [lane for lane in range(lanes) if mask >> lane & 1]


def masks(lanes: int) -> list[int]:
    """Values of EXEC: all, some, one, none."""
    return [(1 << lanes) - 1, 0x9E3779B97F4A7C15 & ((1 << lanes) - 1), 1 << (lanes - 1), 0]


def loaded(form: Form, raw: bytes, old: list[int]) -> list[int]:
    """One lane's registers after a load of `raw`."""
    if form.registers > 1 or form.bytes == 4:
        return [int.from_bytes(raw[4 * n : 4 * n + 4], "little") for n in range(form.registers)]
    value = int.from_bytes(raw, "little", signed=form.signed)
    if form.part == "low":
        return [(old[0] & 0xFFFF0000) | (value & 0xFFFF)]
    if form.part == "high":
        return [(old[0] & 0xFFFF) | (value & 0xFFFF) << 16]
    return [value & 0xFFFFFFFF]


def stored(form: Form, registers: list[int]) -> bytes:
    """The bytes that a store writes of one lane's registers."""
    if form.bytes >= 4:
        return b"".join(value.to_bytes(4, "little") for value in registers[: form.registers])
    value = registers[0] >> (16 if form.part == "high" else 0)
    return (value & ((1 << 8 * form.bytes) - 1)).to_bytes(form.bytes, "little")


def random_bytes(count: int, seed: int) -> Array:
    """An array of bytes, the same in every run."""
    return np.random.default_rng(seed).integers(0, 256, count, dtype=np.uint8)


def set_addresses(wave: Wave, first: int, addresses: Array) -> None:
    """Puts 64-bit addresses, one a lane, in two registers."""
    wave.vgpr[first] = (addresses & 0xFFFFFFFF).astype(np.uint32)
    wave.vgpr[first + 1] = (addresses >> 32).astype(np.uint32)


def patterns(form: Form, lanes: int, room: int) -> dict[str, Array]:
    """Offsets of the lanes into memory of `room` bytes: one after another, all the same, and anywhere in any alignment."""
    anywhere = np.random.default_rng(form.bytes).integers(0, room - form.bytes, lanes)
    row = np.arange(lanes) * form.bytes + 16
    return {"row": row, "odd row": row + 3, "same": np.full(lanes, 20), "anywhere": anywhere, "falling": row[::-1].copy()}


def assembled_apart(lines: list[str], arch: str, lanes: int) -> list[bytes]:
    """The code of each line with an end of its own, from one run of the assembler."""
    code = assemble("\ns_endpgm\n".join([*lines, ""]), arch, lanes)
    ends = [offset + size for offset, name, size in disassemble(code, arch, lanes) if name == "s_endpgm"]
    assert len(ends) == len(lines)
    return [code[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
