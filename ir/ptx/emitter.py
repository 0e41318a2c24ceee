"""What records make their IR with: short names over the Builder, and the shifts of PTX, which clamp their amount."""

from __future__ import annotations

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.module import Module
from crosswarp.ir.types import FunctionType, IntType, Type
from crosswarp.ir.values import Value

_PURE = ("nocallback", "nofree", "nosync", "nounwind", "willreturn", "memory(none)")
_CONVERGENT = ("convergent", "nounwind")


def width(value: Value) -> int:
    """Bits of an integer value."""
    assert isinstance(value.type, IntType)
    return value.type.bits


class Emitter:
    """Emits at the place of `builder`, which translation moves along."""

    def __init__(self, module: Module, builder: Builder) -> None:
        self.module, self.builder = module, builder

    def op(self, opcode: str, left: Value, right: Value | int) -> Value:
        """Arithmetic or logic of two values, or a value and a number."""
        return self.builder.binary(opcode, left, self.number(right, left) if isinstance(right, int) else right)

    def number(self, value: int, like: Value) -> ConstantInt:
        """A constant of the type of `like`."""
        return ConstantInt(IntType(width(like)), value)

    def invert(self, value: Value) -> Value:
        """All bits the other way."""
        return self.op("xor", value, -1)

    def compare(self, predicate: str, left: Value, right: Value | int) -> Value:
        """An integer comparison."""
        return self.builder.icmp(predicate, left, self.number(right, left) if isinstance(right, int) else right)

    def resize(self, value: Value, bits: int, signed: bool = False) -> Value:
        """The integer with another width: cut, or filled with zeros or the sign."""
        opcode = "trunc" if bits < width(value) else "sext" if signed else "zext"
        return self.builder.cast(opcode, value, IntType(bits))

    def call(self, name: str, result: Type, *arguments: Value, convergent: bool = False) -> Value:
        """A call of a portable operation or an intrinsic of LLVM."""
        signature = FunctionType(result, tuple(a.type for a in arguments))
        return self.builder.call(self.module.declare(name, signature, _CONVERGENT if convergent else _PURE), arguments)

    def intrinsic(self, name: str, first: Value, *rest: Value) -> Value:
        """An intrinsic that is overloaded by, and returns, the type of its first argument: `llvm.ctpop`."""
        return self.call(f"llvm.{name}.i{width(first)}", first.type, first, *rest)

    def shift(self, opcode: str, value: Value, amount: Value) -> Value:
        """A shift by an `i32`; the width and more shifts everything out."""
        bits = width(value)
        small = self.compare("ult", amount, bits)
        last = self.number(bits - 1, amount)
        inside = self.resize(self.builder.select(small, amount, last), bits)
        shifted = self.op(opcode, value, inside)
        return shifted if opcode == "ashr" else self.builder.select(small, shifted, self.number(0, value))

    def low_mask(self, bits: int, length: Value) -> Value:
        """`length` ones; the `i32` may be beyond the width."""
        return self.invert(self.shift("shl", ConstantInt(IntType(bits), -1), length))
