"""Between an instruction's registers and one vector of elements, in the documented layout."""

from __future__ import annotations

from collections.abc import Sequence

from crosswarp.ir.constants import Constant, null, poison
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.parts import Elements
from crosswarp.ir.types import I1, I32, Type, VectorType
from crosswarp.ir.values import Value


def gathered(e: Emitter, matrix: Elements, registers: Sequence[Value], element: Type) -> Value:
    """The vector of a matrix in its documented layout, out of the registers of an instruction."""
    if matrix.in_register == 1:
        return listed(e, [e.builder.cast("bitcast", each, element) for each in registers])
    words = listed(e, [e.builder.cast("bitcast", each, I32) for each in registers])
    return e.builder.cast("bitcast", words, VectorType(len(registers) * matrix.in_register, element))


def scattered(e: Emitter, matrix: Elements, value: Value, kinds: Sequence[Type]) -> list[Value]:
    """The registers, of these types, out of the vector."""
    word = kinds[0] if matrix.in_register == 1 else I32
    words = e.builder.cast("bitcast", value, VectorType(len(kinds), word))
    return [e.builder.cast("bitcast", e.builder.extractelement(words, n), kind) for n, kind in enumerate(kinds)]


def listed(e: Emitter, values: Sequence[Value]) -> Value:
    """One vector of these values."""
    whole: Value = poison(VectorType(len(values), values[0].type))
    for n, value in enumerate(values):
        whole = e.builder.insertelement(whole, value, n)
    return whole


def filled(e: Emitter, value: Value, count: int, element: Type) -> Value:
    """`count` times the same value, of a register that holds one element."""
    return listed(e, [e.builder.cast("bitcast", value, element)] * count)


def is_zero(value: Value) -> bool:
    """Whether nothing but zero bits is there."""
    return isinstance(value, Constant) and value.type is not I1 and str(value) == str(null(value.type))
