"""Conversions between 128-bit integers and floating point, in operations of 64 bits: GPU backends have no code for them.

An integer is scaled so that its top 64 bits hold its first bit; what falls off is kept as a sticky last bit, so that the one
rounding of the 64-bit conversion is the right one, and a power of two scales it back. A floating-point value is split exactly into
two 64-bit parts, each converted with saturation: out of range gives the nearest bound and NaN gives 0, as narrower ones do on
NVIDIA GPUs.

    %d = sitofp i128 %x to double     ->   %m = top 64 bits of |%x| << ctlz(|%x|), sticky
                                           %d = (double %m) * 2^(64 - ctlz), with the sign of %x
    %i = fptoui double %y to i128     ->   %h = fptoui.sat.i64(%y * 2^-64), %l = fptoui.sat.i64(%y - %h * 2^64)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantFloat, ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.fuse_multiply_add import mangled
from crosswarp.ir.types import FloatType, FunctionType, IntType
from crosswarp.ir.values import Value

_WIDE, _HALF, _BIT = IntType(128), IntType(64), IntType(1)
_DOUBLE, _FLOAT = FloatType("double"), FloatType("float")
_ATTRIBUTES = ("nocallback", "nofree", "nosync", "nounwind", "speculatable", "willreturn", "memory(none)")
_KNOWN = (FloatType("half"), _FLOAT, _DOUBLE)
# Bits of the significand and bias of the exponent, for the types that hold 2^64.
_SIGNIFICAND = {_FLOAT: (23, 127), _DOUBLE: (52, 1023)}


@dataclass(frozen=True)
class WideConversions(Pass):
    """Rewrites `sitofp`, `uitofp`, `fptosi` and `fptoui` of `i128`; those to and from `bfloat` are left."""

    name: ClassVar[str] = "wide-conversions"
    establishes: ClassVar[frozenset[str]] = frozenset({"no-wide-conversions"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Functions whose text names no 128-bit integer are not read."""
        for function in module.definitions():
            text = function.body_text
            if text is None or "i128" in text:
                _rewrite(module, function)


def _rewrite(module: Module, function: Function) -> None:
    for instruction in list(function.instructions()):
        opcode, source = instruction.opcode, instruction.operands[0] if instruction.operands else None
        if source is None or instruction.parent is None:
            continue
        expansion = _Expansion(module, Builder(instruction.parent, instruction))
        if opcode in ("sitofp", "uitofp") and source.type is _WIDE and instruction.type in _KNOWN:
            assert isinstance(instruction.type, FloatType)
            value = expansion.to_float(source, instruction.type, opcode == "sitofp")
        elif opcode in ("fptosi", "fptoui") and instruction.type is _WIDE and source.type in _KNOWN:
            value = expansion.to_integer(source, opcode == "fptosi")
        else:
            continue
        function.replace_all_uses(instruction, value)
        instruction.erase()


class _Expansion:
    """The instructions of one conversion."""

    def __init__(self, module: Module, builder: Builder) -> None:
        self.module, self.builder = module, builder

    def to_float(self, source: Value, kind: FloatType, signed: bool) -> Value:
        b, zero = self.builder, ConstantInt(_WIDE, 0)
        negative = b.icmp("slt", source, zero) if signed else None
        size = source if negative is None else b.select(negative, b.binary("sub", zero, source), source)
        result = self._half(size) if kind.kind == "half" else self._scaled(size, kind)
        return result if negative is None else b.select(negative, b.unary("fneg", result), result)

    def _half(self, size: Value) -> Value:
        """All that does not fit in 64 bits is infinite, as 2^64 - 1 is."""
        b, most = self.builder, ConstantInt(_WIDE, (1 << 64) - 1)
        bounded = b.select(b.icmp("ugt", size, most), most, size)
        return b.cast("uitofp", b.cast("trunc", bounded, _HALF), FloatType("half"))

    def _scaled(self, size: Value, kind: FloatType) -> Value:
        b, (significand, bias) = self.builder, _SIGNIFICAND[kind]
        zeros = self._call("llvm.ctlz.i128", _WIDE, size, ConstantInt(_BIT, 0))
        shift = b.binary("and", zeros, ConstantInt(_WIDE, 127))
        scaled = b.binary("shl", size, shift)
        top = b.cast("trunc", b.binary("lshr", scaled, ConstantInt(_WIDE, 64)), _HALF)
        rest = b.icmp("ne", b.cast("trunc", scaled, _HALF), ConstantInt(_HALF, 0))
        number = b.cast("uitofp", b.binary("or", top, b.cast("zext", rest, _HALF)), kind)
        bits = IntType(32 if kind is _FLOAT else 64)
        exponent = b.binary("sub", ConstantInt(bits, bias + 64), b.cast("trunc", shift, bits))
        power = b.cast("bitcast", b.binary("shl", exponent, ConstantInt(bits, significand)), kind)
        return b.binary("fmul", number, power)

    def to_integer(self, source: Value, signed: bool) -> Value:
        b = self.builder
        value = source if source.type is _DOUBLE else b.cast("fpext", source, _DOUBLE)
        if not signed:
            return b.select(b.fcmp("oge", value, _power(128)), ConstantInt(_WIDE, -1), self._parts(value))
        negative = b.fcmp("olt", value, _power(None))
        size = self._parts(b.select(negative, b.unary("fneg", value), value))
        most = b.select(negative, ConstantInt(_WIDE, -(1 << 127)), ConstantInt(_WIDE, (1 << 127) - 1))
        within = b.select(negative, b.binary("sub", ConstantInt(_WIDE, 0), size), size)
        return b.select(b.icmp("slt", size, ConstantInt(_WIDE, 0)), most, within)

    def _parts(self, value: Value) -> Value:
        """Unsigned; every step but the two conversions is exact, as the upper part has no more bits than `value`."""
        b = self.builder
        high = self._saturated(b.binary("fmul", value, _power(-64)))
        low = self._saturated(b.binary("fsub", value, b.binary("fmul", b.cast("uitofp", high, _DOUBLE), _power(64))))
        upper = b.binary("shl", b.cast("zext", high, _WIDE), ConstantInt(_WIDE, 64))
        return b.binary("or", upper, b.cast("zext", low, _WIDE))

    def _saturated(self, value: Value) -> Value:
        return self._call(f"llvm.fptoui.sat.i64.{mangled(value.type)}", _HALF, value)

    def _call(self, name: str, result: IntType, *arguments: Value) -> Value:
        kind = FunctionType(result, tuple(argument.type for argument in arguments))
        return self.builder.call(self.module.declare(name, kind, _ATTRIBUTES), list(arguments))


def _power(exponent: int | None) -> ConstantFloat:
    """2^`exponent`, or 0."""
    return ConstantFloat.from_bits(_DOUBLE, 0 if exponent is None else (1023 + exponent) << 52)
