"""What records make their IR with: short names over the Builder, the shifts of PTX, which clamp their amount, and branches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt, null
from crosswarp.ir.function import Block
from crosswarp.ir.module import Module
from crosswarp.ir.types import PTR, FloatType, FunctionType, IntType, Type, VectorType
from crosswarp.ir.values import Metadata, Value

_PURE = ("nocallback", "nofree", "nosync", "nounwind", "willreturn", "memory(none)")
_CONVERGENT = ("convergent", "nounwind")
_EFFECT = ("nounwind",)


def width(value: Value) -> int:
    """Bits of an integer value."""
    assert isinstance(value.type, IntType)
    return value.type.bits


def overload(kind: Type) -> str:
    """How LLVM's overloaded intrinsics name a type."""
    if isinstance(kind, VectorType):
        return f"v{kind.count}{overload(kind.element)}"
    assert isinstance(kind, IntType | FloatType)
    return "bf16" if kind.text == "bfloat" else f"{'f' if isinstance(kind, FloatType) else 'i'}{kind.bits}"


class Emitter:
    """Emits at the place of `builder`, which translation moves along: in front of an asm call, or at the end of a block."""

    def __init__(self, module: Module, builder: Builder, flushes: bool = False, opens: bool = False) -> None:
        """`flushes`: the module runs where f32 operations flush subnormal numbers (`-ftz=true`).

        `opens`: matrix instructions become calls of `ir/tiles/` operations, whose layouts are chosen later.
        """
        self.module, self.builder, self.flushes, self.opens = module, builder, flushes, opens
        self._labels: dict[str, Block] = {}

    def op(self, opcode: str, left: Value, right: Value | int) -> Value:
        """Arithmetic or logic of two values, or a value and a number."""
        return self.builder.binary(opcode, left, self.number(right, left) if isinstance(right, int) else right)

    def number(self, value: int, like: Value) -> ConstantInt:
        """A constant of the type of `like`."""
        return ConstantInt(IntType(width(like)), value)

    def zero(self, kind: Type) -> Value:
        """Nothing, of any type."""
        return null(kind)

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

    def effect(self, name: str, result: Type, *arguments: Value) -> Value:
        """A call of an operation that reads or writes memory, by one thread."""
        signature = FunctionType(result, tuple(a.type for a in arguments))
        return self.builder.call(self.module.declare(name, signature, _EFFECT), arguments)

    def generic(self, pointer: Value) -> Value:
        """The pointer in the generic address space."""
        return self.builder.cast("addrspacecast", pointer, PTR) if pointer.type is not PTR else pointer

    def intrinsic(self, name: str, first: Value, *rest: Value) -> Value:
        """An intrinsic that is overloaded by, and returns, the type of its first argument: `llvm.ctpop`."""
        return self.call(f"llvm.{name}.{overload(first.type)}", first.type, first, *rest)

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

    def variable(self, kind: Type) -> Value:
        """A place for a value in the function's frame."""
        function = self.builder.block.parent
        assert function is not None
        return Builder.at_entry(function).alloca(kind)

    def fresh_label(self) -> str:
        """A label that no text has."""
        return f"#{len(self._labels)}"

    def branch(self, label: str) -> None:
        """Go to a label. What is emitted next is reached by labels only."""
        self._leave().br(self._target(label))

    def switch(self, index: Value, labels: Sequence[str]) -> None:
        """Go to the label of this number; there is one. What is emitted next is reached by labels only."""
        end = self._leave()
        nowhere = self._new_block(None)
        Builder(nowhere, debug_location=end.debug_location).unreachable()
        end.switch(index, nowhere, [(number, self._target(label)) for number, label in enumerate(labels)])

    def place(self, label: str) -> None:
        """The label is here. In front of an instruction its block only goes on, so that branches may come before it."""
        block, end = self._target(label), self.builder
        if end.before is None:
            end.br(block)
            self._insert(block, None)
            self.builder = Builder(block, debug_location=end.debug_location)
            return
        self._leave().br(block)
        self._insert(block, self.builder.block)
        Builder(block, debug_location=self.builder.debug_location).br(self.builder.block)

    def only_if(self, condition: Value, inside: Callable[[], None]) -> None:
        """Emit what `inside` emits where the condition is true; everything goes on together."""
        end, rest = self._leave(), self.builder
        block = self._new_block(rest.block)
        end.cond_br(condition, block, rest.block)
        self.builder = Builder(block, debug_location=rest.debug_location)
        inside()
        self.builder.br(rest.block)
        self.builder = rest

    def end(self) -> Builder:
        """For an instruction that ends the block (`ret`): insert it there. What is emitted next is reached by labels only."""
        return self._leave()

    def _leave(self) -> Builder:
        """End the present block, go on in a new one: the end that lacks its terminator."""
        builder, location = self.builder, self.builder.debug_location
        if builder.before is not None:
            rest = builder.block.split_before(builder.before)
            self.builder = Builder(rest, builder.before, location)
        else:
            self.builder = Builder(self._new_block(None), debug_location=location)
        return Builder(builder.block, debug_location=location)

    def _new_block(self, before: Block | None) -> Block:
        block = Block(None, self.builder.block.parent)
        self._insert(block, before)
        return block

    def _insert(self, block: Block, before: Block | None) -> None:
        """Put a block in front of another, or behind the present one; both are mostly among the last."""
        function, beside = self.builder.block.parent, before or self.builder.block
        assert function is not None
        blocks = function.blocks
        at = next(n for n in range(len(blocks) - 1, -1, -1) if blocks[n] is beside)
        blocks.insert(at + (before is None), block)

    def _target(self, label: str) -> Block:
        """The block of a label, which `place` puts where the label is."""
        if label not in self._labels:
            self._labels[label] = Block(None, self.builder.block.parent)
        return self._labels[label]

    def locate(self, location: Metadata | None) -> None:
        """The source location of what is emitted next."""
        self.builder.debug_location = location
