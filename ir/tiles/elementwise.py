"""Instructions that do the same to every element of a matrix: which they are, and one of them on a whole vector."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import BINARY_OPCODES, Call, Compare, Instruction
from crosswarp.ir.names import words
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.vectors import elements, packed
from crosswarp.ir.types import I1, FloatType, IntType, VectorType
from crosswarp.ir.values import Value

_CASTS = words("fpext fptrunc sitofp uitofp fptosi fptoui sext zext trunc bitcast")
_OTHERS = frozenset({"fneg", "select", "icmp", "fcmp", "freeze"})
# Intrinsics without side effects whose overloads are one type, that of the result.
_INTRINSIC = re.compile(
    r"llvm\.(fma|fmuladd|fabs|minnum|maxnum|minimum|maximum|smin|smax|umin|umax|sqrt|floor|ceil|trunc|rint)\.\w+")


def same_operation(values: Sequence[Value]) -> tuple[Instruction, ...] | None:
    """These values as instructions of one block that differ only in their operands; None where they are not."""
    found = tuple(value for value in values if isinstance(value, Instruction))
    if len(found) != len(values) or any(description(each) != description(found[0]) for each in found):
        return None
    return found if is_elementwise(found[0]) else None


def description(one: Instruction) -> tuple[object, ...]:
    """What instructions that do the same to their operands have in common."""
    predicate = one.predicate if isinstance(one, Compare) else one.callee_name if isinstance(one, Call) else None
    return one.opcode, one.type, id(one.parent), predicate, tuple(operand.type for operand in one.operands)


def is_elementwise(one: Instruction) -> bool:
    """Whether a lane's result follows from its operands alone."""
    if isinstance(one, Call):
        return _INTRINSIC.fullmatch(one.callee_name or "") is not None or _is_function_of_numbers(one)
    scalar = not isinstance(one.type, VectorType) and not any(isinstance(o.type, VectorType) for o in one.operands)
    return scalar and (one.opcode in BINARY_OPCODES or one.opcode in _CASTS or one.opcode in _OTHERS)


def _is_function_of_numbers(one: Call) -> bool:
    """What is computed of a float, reads nothing and needs no other lane: `llvm.exp2`, a target's own functions of that kind.

    Without a float it may be the lane's number.
    """
    callee = one.callee
    if not isinstance(callee, Function) or one.bundles or one.opcode != "call":
        return False
    given = [each.type for each in one.arguments]
    if not any(isinstance(kind, FloatType) for kind in given):
        return False
    if not all(isinstance(kind, FloatType | IntType) for kind in (one.type, *given)):
        return False
    return callee.has_attribute("memory(none)") and not callee.has_attribute("convergent")


def on_vectors(e: Emitter, like: Sequence[Instruction], operands: Sequence[Value]) -> Value:
    """The instruction `like`, on vectors: with the flags that all of them have."""
    one = like[0]
    count = next(operand.type.count for operand in operands if isinstance(operand.type, VectorType))
    flags = tuple(flag for flag in one.flags if all(flag in each.flags for each in like))
    kind = VectorType(count, one.type)
    if isinstance(one, Call) and _INTRINSIC.fullmatch(one.callee_name or "") is None:
        return _one_by_one(e, one, operands[1:], count, flags)
    if isinstance(one, Call):
        stem = (one.callee_name or "").rsplit(".", 1)[0].removeprefix("llvm.")
        made = e.intrinsic(stem, operands[1], *operands[2:])
        assert isinstance(made, Instruction)
        made.flags = flags
        return made
    if isinstance(one, Compare):
        return e.builder.insert(Compare(one.opcode, VectorType(count, I1), one.predicate, operands[0], operands[1]))
    return e.builder.insert(Instruction(one.opcode, kind, list(operands), None, flags))


def _one_by_one(e: Emitter, one: Call, operands: Sequence[Value], count: int, flags: tuple[str, ...]) -> Value:
    """Calls of a function that has no form for vectors."""
    columns = [elements(e, each) if isinstance(each.type, VectorType) else [each] * count for each in operands]
    made = [e.builder.call(one.callee, row, attributes=one.attributes) for row in zip(*columns, strict=True)]
    for call in made:
        call.flags = flags
    return packed(e, made)
