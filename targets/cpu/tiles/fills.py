"""What a matrix is filled with when all registers of all lanes hold the same."""

from __future__ import annotations

import struct

from crosswarp.ir.constants import ConstantFloat, ConstantInt, Keyword, null
from crosswarp.ir.ptx.matrix.layout import ELEMENTS
from crosswarp.ir.types import FLOAT, I32
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.tiles.forms import Held


def filled_with(held: Held, register: Value) -> Value | None:
    """The element as it is held, or None where that cannot be told."""
    if isinstance(register, Keyword) and register.word in ("undef", "poison"):
        return null(held.element)
    if held.is_elementwise or held.kind == "b1":
        return _typed(held, register)
    if isinstance(register, ConstantInt | Keyword) and getattr(register, "value", 0) == 0:
        return null(held.element)
    return _repeated(held, register) if isinstance(register, ConstantInt) else None


def _repeated(held: Held, register: ConstantInt) -> Value | None:
    """What all elements of a register are, if they are the same."""
    bits = 32 // ELEMENTS[held.kind]
    codes = {register.unsigned >> n & (1 << bits) - 1 for n in range(0, 32, bits)}
    if len(codes) > 1:
        return None
    code = codes.pop()
    if held.kind[0] in "su":
        return ConstantInt(I32, code - (1 << bits) if held.kind[0] == "s" and code >> bits - 1 else code)
    if held.kind in ("f16", "bf16"):
        number = struct.unpack("<e", struct.pack("<H", code))[0] if held.kind == "f16" else 0.0
        wide = int.from_bytes(struct.pack("<f", number), "little") if held.kind == "f16" else code << 16
        return ConstantFloat.from_bits(FLOAT, wide)
    return None


def _typed(held: Held, register: Value) -> Value | None:
    if register.type is held.element:
        return register
    if isinstance(register, ConstantInt) and held.element is FLOAT and register.type is I32:
        return ConstantFloat.from_bits(FLOAT, register.unsigned)
    return None
