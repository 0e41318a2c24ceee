r"""What PTX variables hold at first, as constants.

.global .u64 p[2] = {generic(g)+4, f};     [ptr getelementptr (i8, ptr addrspacecast (@g), i64 4), ptr @f]
.global .b8 s[3] = {72, 105};              c"Hi\00"
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

from crosswarp.ir.constants import Constant, ConstantAggregate, ConstantBytes, ConstantExpr, ConstantInt, null
from crosswarp.ir.globals import GlobalValue
from crosswarp.ir.ptx.module.shapes import Shape
from crosswarp.ir.ptx.numbers import fitting, float_encoding
from crosswarp.ir.ptx.syntax import Immediate, Initial, PtxError, Symbol
from crosswarp.ir.types import I8, I64, PTR, ArrayType, StructType
from crosswarp.ir.values import Value

Find = Callable[[str], GlobalValue]
_Element = Immediate | Symbol | None
_POINTER_BYTES = 8
_BYTE_MASKS = [0xFF << 8 * n for n in range(_POINTER_BYTES)]


def initial_value(initial: Initial | None, shape: Shape, dimensions: Sequence[int | None], find: Find) -> Constant:
    """The whole variable; what no initialiser is given for is 0. Raises `PtxError` for what does not fit."""
    if initial is None:
        return null(shape.type)
    elements = _spread(initial, list(dimensions))
    if len(elements) > (shape.count or 0):
        raise PtxError("more initialisers than elements")
    pieces = _pieces(elements, shape, find)
    if all(isinstance(p, bytes) for p in pieces):
        return _plain(b"".join(p for p in pieces if isinstance(p, bytes)).ljust(shape.size, b"\0"), shape)
    missing = shape.size - sum(len(p) if isinstance(p, bytes) else _POINTER_BYTES for p in pieces)
    return _struct([*pieces, b"\0" * missing])


def _spread(initial: Initial, dimensions: list[int | None]) -> list[_Element]:
    """The elements in the order of memory; rows that are too short are filled up."""
    if not isinstance(initial, tuple):
        return [initial]
    row = prod(d or 1 for d in dimensions[1:])
    spread: list[_Element] = []
    for element in initial:
        inner = _spread(element, dimensions[1:])
        filled = row if isinstance(element, tuple) else 1
        if not dimensions or len(inner) > filled:
            raise PtxError("braces deeper than the array")
        spread += inner + [None] * (filled - len(inner))
    return spread


def _plain(data: bytes, shape: Shape) -> Constant:
    if shape.scalar is not None:
        return ConstantInt(shape.scalar, int.from_bytes(data, "little"))
    return ConstantBytes(data) if any(data) else null(ArrayType(len(data), I8))


def _pieces(elements: Sequence[_Element], shape: Shape, find: Find) -> list[bytes | Constant]:
    pieces: list[bytes | Constant] = []
    at = 0
    while at < len(elements):
        element = elements[at]
        if isinstance(element, Symbol):
            pieces.append(_pointer(_whole(elements[at : at + _POINTER_BYTES], shape), find))
            at += _POINTER_BYTES if element.mask is not None else 1
        else:
            pieces.append((_encoded(element, shape) if element else 0).to_bytes(shape.bytes, "little"))
            at += 1
    return pieces


def _whole(elements: Sequence[_Element], shape: Shape) -> Symbol:
    """The symbol that the next element is, or the next eight are the bytes of."""
    first = elements[0]
    assert isinstance(first, Symbol)
    if first.mask is None:
        if shape.bytes != _POINTER_BYTES:
            raise PtxError(f"the address of '{first.name}' in {shape.bytes * 8} bits")
        return first
    bytes_of = [Symbol(first.name, first.offset, first.generic, mask) for mask in _BYTE_MASKS]
    if shape.bytes != 1 or list(elements) != bytes_of:
        raise PtxError(f"a part of the address of '{first.name}'")
    return Symbol(first.name, first.offset, first.generic)


def _pointer(symbol: Symbol, find: Find) -> Constant:
    base: Constant = find(symbol.name)
    if base.type is not PTR:
        base = ConstantExpr("addrspacecast", PTR, (base,))
    if not symbol.offset:
        return base
    return ConstantExpr("getelementptr", PTR, (base, ConstantInt(I64, symbol.offset)), source_type=I8)


def _encoded(number: Immediate, shape: Shape) -> int:
    """The bits of one element."""
    bits = shape.bytes * 8
    if shape.element.kind == "f" and shape.element.lanes == 1:
        return float_encoding(number, bits)
    if number.float_bits not in (0, bits):
        raise PtxError(f"a float of {number.float_bits} bits for .{shape.element.name}")
    return fitting(number.value, bits) % (1 << bits)


def _struct(pieces: Sequence[bytes | Constant]) -> Constant:
    parts: list[Value] = []
    data = b""
    for piece in [*pieces, None]:
        if isinstance(piece, bytes):
            data += piece
            continue
        if data:
            parts.append(ConstantBytes(data))
        data = b""
        if piece is not None:
            parts.append(piece)
    if len({p.type for p in parts}) == 1:
        return ConstantAggregate(ArrayType(len(parts), parts[0].type), parts)
    return ConstantAggregate(StructType(tuple(p.type for p in parts), True), parts)
