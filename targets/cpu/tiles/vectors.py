"""Element-wise code over whole matrices, which the first lane holds in memory: vectors of all elements, which LLVM cuts to size."""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import Constant, ConstantInt, ConstantSplat, null, poison
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.elementwise import on_vectors
from crosswarp.ir.types import I32, I64, Type, VectorType
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.tiles.graph import Fill, Mapped, Node

Place = Callable[[Node], Value]
_ALIGN = 64


def fill(builder: Builder, node: Fill, place: Value) -> None:
    """All elements one value."""
    builder.store(_splat(builder, node.values[0], node.held.count), place, align=_ALIGN)


def compute(module: Module, builder: Builder, node: Mapped, place: Place) -> None:
    """What the instructions compute, of all elements."""
    made = [value for value in node.values if isinstance(value, Instruction)]
    callee = made[0].operands[: int(isinstance(made[0], Call))]
    kinds = [operand.type for operand in made[0].operands[len(callee) :]]
    operands = [_operand(builder, given, kind, node.held.count, place) for given, kind in zip(node.operands, kinds, strict=True)]
    builder.store(on_vectors(Emitter(module, builder), made, [*callee, *operands]), place(node), align=_ALIGN)


def _operand(builder: Builder, given: Node | Value | None, kind: Type, count: int, place: Place) -> Value:
    if isinstance(given, Node):
        return builder.load(VectorType(count, kind), place(given), align=_ALIGN)
    assert given is not None
    return _splat(builder, given, count)


def _splat(builder: Builder, value: Value, count: int) -> Value:
    kind = VectorType(count, value.type)
    if isinstance(value, Constant):
        return ConstantSplat(kind, value)
    single = builder.insertelement(poison(kind), value, ConstantInt(I64, 0))
    return builder.insert(Instruction("shufflevector", kind, [single, poison(kind), null(VectorType(count, I32))]))
