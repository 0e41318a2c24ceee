"""Values of constants, and the initial contents of global variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crosswarp.ir.constants import (
    ConstantAggregate,
    ConstantBytes,
    ConstantExpr,
    ConstantFloat,
    ConstantInt,
    ConstantSplat,
    Keyword,
)
from crosswarp.ir.globals import GlobalValue
from crosswarp.ir.interpreter.errors import NotInterpreted
from crosswarp.ir.interpreter.values import BINARY_RESULTS, convert
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.semantics.poison import POISON
from crosswarp.ir.types import ArrayType, FloatType, IntType, NamedType, PointerType, StructType, Type, VectorType, struct_of
from crosswarp.ir.values import MetadataValue, Value


class Constants:
    """Evaluates constants; `address` gives the address of a global in its own address space."""

    def __init__(self, layout: DataLayout, address: Callable[[GlobalValue], int]) -> None:
        self.layout, self.address = layout, address

    def value(self, constant: Value) -> Any:
        """The value, with vectors and aggregates as tuples."""
        reader = _READERS.get(type(constant))
        if reader is not None:
            return reader(self, constant)
        if isinstance(constant, GlobalValue):
            return self.address(constant)
        raise NotInterpreted(f"constant {constant}")

    def splat(self, constant: ConstantSplat) -> Any:
        """All elements of a splat."""
        assert isinstance(constant.type, VectorType)
        return (self.value(constant.element),) * constant.type.count

    def expression(self, constant: ConstantExpr) -> Any:
        """The value of a constant expression."""
        operands = [self.value(v) for v in constant.operands]
        if constant.opcode == "getelementptr":
            assert constant.source_type is not None
            offset = self.layout.gep_offset(constant.source_type, constant.operands[1:])
            if offset is None:
                raise NotInterpreted(f"constant {constant}")
            return operands[0] + offset & 0xFFFFFFFFFFFFFFFF
        if constant.opcode in BINARY_RESULTS and isinstance(constant.type, IntType):
            return BINARY_RESULTS[constant.opcode](operands[0], operands[1], constant.type.bits, ())
        if isinstance(constant.type, VectorType):
            raise NotInterpreted(f"constant {constant}")
        return convert(constant.opcode, constant.operands[0].type, constant.type, self.layout)(operands[0])


def zero(type: Type) -> Any:
    """The zero of a scalar type."""
    return 0.0 if isinstance(type, FloatType) else 0


def fill(type: Type, scalar: Callable[[Type], Any]) -> Any:
    """A value of `type` whose scalars are all made by `scalar`."""
    if isinstance(type, ArrayType | VectorType):
        return (fill(type.element, scalar),) * type.count
    if isinstance(type, StructType | NamedType):
        return tuple(fill(f, scalar) for f in struct_of(type).fields)
    assert isinstance(type, IntType | FloatType | PointerType), type
    return scalar(type)


def _keyword(constants: Constants, constant: Keyword) -> Any:
    return fill(constant.type, zero if constant.word in ("null", "zeroinitializer", "none") else lambda _: POISON)


_READERS: dict[type[Value], Callable[[Constants, Any], Any]] = {
    ConstantInt: lambda self, constant: constant.unsigned,
    ConstantFloat: lambda self, constant: constant.value,
    Keyword: _keyword,
    ConstantBytes: lambda self, constant: tuple(constant.data),
    ConstantAggregate: lambda self, constant: tuple(self.value(v) for v in constant.operands),
    ConstantSplat: Constants.splat,
    ConstantExpr: Constants.expression,
    MetadataValue: lambda self, constant: None,
}
