"""A lane's parts of matrices as LLVM vectors: pieces, joins, and other types for the same bits."""

from __future__ import annotations

from collections.abc import Sequence

from crosswarp.ir.constants import ConstantAggregate, ConstantInt, null, poison
from crosswarp.ir.instructions import Instruction
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.types import I32, FloatType, IntType, Type, VectorType
from crosswarp.ir.values import Value


def length(value: Value) -> int:
    """How many elements a vector has."""
    assert isinstance(value.type, VectorType)
    return value.type.count


def element_type(value: Value) -> Type:
    """The type of a vector's elements."""
    assert isinstance(value.type, VectorType)
    return value.type.element


def shuffled(e: Emitter, first: Value, second: Value | None, places: Sequence[int | None]) -> Value:
    """Elements of two vectors by their places, those of the second behind those of the first; None: whatever there is."""
    if second is None and list(places) == list(range(length(first))):
        return first
    kind = VectorType(len(places), element_type(first))
    mask: list[Value] = [poison(I32) if place is None else ConstantInt(I32, place) for place in places]
    wanted = ConstantAggregate(VectorType(len(places), I32), mask)
    return e.builder.insert(Instruction("shufflevector", kind, [first, second or poison(first.type), wanted]))


def piece(e: Emitter, value: Value, first: int, count: int) -> Value:
    """Successive elements."""
    return shuffled(e, value, None, range(first, first + count))


def joined(e: Emitter, parts: Sequence[Value]) -> Value:
    """A power of two of vectors of one type, one behind the other."""
    while len(parts) > 1:
        pairs = zip(parts[::2], parts[1::2], strict=True)
        parts = [shuffled(e, left, right, range(2 * length(left))) for left, right in pairs]
    return parts[0]


def zeros(count: int, element: Type) -> Value:
    """Nothing but zeros."""
    return null(VectorType(count, element))


def as_words(e: Emitter, value: Value) -> Value:
    """The bits as vector of `i32`, or as one `i32` where there are 32 bits."""
    element = element_type(value)
    assert isinstance(element, IntType | FloatType)
    count = length(value) * element.bits // 32
    return e.builder.cast("bitcast", value, VectorType(count, I32) if count > 1 else I32)


def elements(e: Emitter, value: Value) -> list[Value]:
    """One value for each element."""
    return [e.builder.extractelement(value, place) for place in range(length(value))]


def packed(e: Emitter, values: Sequence[Value]) -> Value:
    """A vector of these elements."""
    result: Value = poison(VectorType(len(values), values[0].type))
    for place, value in enumerate(values):
        result = e.builder.insertelement(result, value, place)
    return result
