"""Numbers in the place of operands, and special registers."""

from __future__ import annotations

from crosswarp.ir.constants import ConstantFloat, ConstantInt
from crosswarp.ir.ptx.operands import Special
from crosswarp.ir.ptx.records.special import SPECIAL
from crosswarp.ir.ptx.syntax import Immediate, PtxError
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.semantics import encoding
from crosswarp.ir.types import I1, FloatType, IntType
from crosswarp.ir.values import Value

_KINDS = {32: "float", 64: "double"}


def bounded(immediate: Immediate | None, bounds: str) -> ConstantInt:
    """The number, which must lie in `low..high`."""
    low, high = map(int, bounds.split(".."))
    if immediate is None or immediate.float_bits or not low <= immediate.value <= high:
        raise PtxError(f"an operand that must be a constant from {low} to {high}")
    return ConstantInt(IntType(32), immediate.value)


def fitting(value: int, bits: int) -> int:
    """The number, which must fit as a signed or an unsigned one."""
    if not -(1 << bits - 1) <= value < 1 << bits:
        raise PtxError(f"the constant {value}")
    return value


def float_encoding(immediate: Immediate, bits: int) -> int:
    """The encoding in so many bits: what is written as a float of 32 or 64 bits is converted, an integer is not."""
    if immediate.float_bits == bits:
        return immediate.value
    if not immediate.float_bits or bits not in _KINDS:
        raise PtxError(f"the constant {immediate.value} for a float of {bits} bits")
    value = encoding.from_bits(immediate.value, _KINDS[immediate.float_bits])
    return encoding.to_bits(encoding.round_to(value, _KINDS[bits]), _KINDS[bits])


def constant(immediate: Immediate, type_: PtxType) -> Value:
    """The number as a value of a type."""
    kind = type_.ir
    if isinstance(kind, FloatType):
        return ConstantFloat.from_bits(kind, float_encoding(immediate, type_.bits))
    if type_.kind == "p" and not immediate.float_bits:
        return ConstantInt(I1, immediate.value != 0)
    if immediate.float_bits and (type_.kind != "b" or immediate.float_bits != type_.bits):
        raise PtxError(f"the constant {immediate.value}")
    if type_.lanes > 1:
        raise PtxError(f"the constant {immediate.value} for .{type_.name}")
    return ConstantInt(IntType(type_.bits), fitting(immediate.value, type_.bits))


def special(name: str, type_: PtxType) -> Special:
    """The special register of this name, which must have the type."""
    register = SPECIAL.get(name)
    if register is None:
        raise PtxError(f"the name '{name}'")
    fits = register.bits == type_.bits or (register.halves and type_.bits == 16)
    if not fits or type_.kind not in ("p" if register.bits == 1 else "bus"):
        raise PtxError(f"the special register {name} for .{type_.name}")
    return Special(register, type_.bits)
