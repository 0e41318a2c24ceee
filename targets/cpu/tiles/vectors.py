"""Element-wise code over whole matrices, which the first lane holds in memory: vectors of all elements, which LLVM cuts to size."""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import Constant, ConstantInt, ConstantSplat, null, poison
from crosswarp.ir.instructions import Call, Compare, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.types import I32, I64, FunctionType, Type, VectorType
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.tiles.graph import Fill, Mapped, Node

Place = Callable[[Node], Value]
_ALIGN = 64


def fill(builder: Builder, node: Fill, place: Value) -> None:
    """All elements one value."""
    builder.store(_splat(builder, node.values[0], node.held.count), place, align=_ALIGN)


def compute(module: Module, builder: Builder, node: Mapped, place: Place) -> None:
    """What the instruction computes, of all elements."""
    made, count = node.anchor, node.held.count
    first = int(isinstance(made, Call))
    operands = [_operand(builder, given, made.operands[first + n].type, count, place) for n, given in enumerate(node.operands)]
    builder.store(builder.insert(_widened(module, made, operands, count)), place(node), align=_ALIGN)


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


def _widened(module: Module, made: Instruction, operands: list[Value], count: int) -> Instruction:
    kind = VectorType(count, made.type)
    if isinstance(made, Compare):
        return Compare(made.opcode, kind, made.predicate, operands[0], operands[1], flags=made.flags)
    if isinstance(made, Call):
        stem, _, element = (made.callee_name or "").rpartition(".")
        function = module.declare(f"{stem}.v{count}{element}", FunctionType(kind, tuple(value.type for value in operands)))
        call = Call(function.function_type, function, operands)
        call.flags = made.flags
        return call
    return Instruction(made.opcode, kind, operands, None, made.flags)


