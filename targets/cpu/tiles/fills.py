"""What a matrix is filled with when all registers of all lanes hold the same."""

from __future__ import annotations

from crosswarp.ir.constants import ConstantFloat, ConstantInt, Keyword, null
from crosswarp.ir.types import FLOAT, I32
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.tiles.forms import Held


def filled_with(held: Held, register: Value) -> Value | None:
    """The element as it is held, or None where that cannot be told."""
    if isinstance(register, Keyword) and register.word in ("undef", "poison"):
        return null(held.element)
    if held.is_elementwise or register.type is held.element:
        return _typed(held, register)
    if isinstance(register, ConstantInt | Keyword) and getattr(register, "value", 0) == 0:
        return null(held.element)
    return None


def _typed(held: Held, register: Value) -> Value | None:
    if register.type is held.element:
        return register
    if isinstance(register, ConstantInt) and held.element is FLOAT and register.type is I32:
        return ConstantFloat.from_bits(FLOAT, register.unsigned)
    return None
