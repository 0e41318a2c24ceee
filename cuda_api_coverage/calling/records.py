"""C structures of our headers as ctypes classes, so that Python can fill them in and pass them."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any

from crosswarp.cuda_api_coverage.derive.declarations import INCLUDE, parse_header

_NUMBERS = {
    "char": ctypes.c_char, "signed char": ctypes.c_byte, "unsigned char": ctypes.c_ubyte, "short": ctypes.c_short,
    "unsigned short": ctypes.c_ushort, "int": ctypes.c_int, "unsigned int": ctypes.c_uint, "long": ctypes.c_long,
    "unsigned long": ctypes.c_ulong, "long long": ctypes.c_longlong, "unsigned long long": ctypes.c_ulonglong,
    "float": ctypes.c_float, "double": ctypes.c_double,
}  # fmt: skip


def number(name: str) -> Any:
    """The ctypes class of C's number `name`."""
    return _NUMBERS[name]


def _class_of(kind: Any) -> Any:
    from clang.cindex import TypeKind

    canonical = kind.get_canonical()
    if canonical.kind == TypeKind.POINTER:
        return ctypes.c_void_p
    if canonical.kind == TypeKind.ENUM:
        return ctypes.c_int
    if canonical.kind == TypeKind.CONSTANTARRAY:
        return _class_of(canonical.element_type) * canonical.element_count
    if canonical.kind == TypeKind.RECORD:
        return _record(canonical.get_declaration())
    return _NUMBERS[canonical.spelling]


_made: dict[int, Any] = {}  # by the declaration: a structure within another is the same class


def _record(declaration: Any) -> Any:
    """A structure or union with the fields of the declaration; anonymous members are named `anonymous0`, ..."""
    from clang.cindex import CursorKind

    if declaration.hash in _made:
        return _made[declaration.hash]
    base = ctypes.Union if declaration.kind == CursorKind.UNION_DECL else ctypes.Structure
    members = enumerate(declaration.type.get_fields())
    fields = [(m.spelling if m.spelling.isidentifier() else f"anonymous{i}", _class_of(m.type)) for i, m in members]
    made = type(declaration.spelling, (base,), {"_fields_": fields})
    if ctypes.sizeof(made) != declaration.type.get_size():
        raise ValueError(f"{declaration.spelling}: {ctypes.sizeof(made)} bytes, not {declaration.type.get_size()}")
    _made[declaration.hash] = made
    return made


@lru_cache
def _cursors(header: str) -> tuple[Any, ...]:
    return tuple(parse_header(header, INCLUDE))


@lru_cache
def record_types(header: str = "cuda_runtime_api.h") -> dict[str, Any]:
    """Every complete structure and union of the header, and every typedef of one, by name."""
    from clang.cindex import CursorKind, TypeKind

    found: dict[str, Any] = {}
    for cursor in _cursors(header):
        canonical = cursor.type.get_canonical()
        if canonical.kind != TypeKind.RECORD or canonical.get_size() <= 0 or not cursor.spelling:
            continue
        if cursor.kind in (CursorKind.STRUCT_DECL, CursorKind.UNION_DECL, CursorKind.TYPEDEF_DECL):
            found[cursor.spelling] = found.get(cursor.spelling) or _record(canonical.get_declaration())
    return found


@lru_cache
def constants(header: str = "cuda_runtime_api.h") -> dict[str, int]:
    """Every enumerator of the header."""
    from clang.cindex import CursorKind

    cursors = [cursor for cursor in _cursors(header) if cursor.kind == CursorKind.ENUM_DECL]
    return {value.spelling: value.enum_value for cursor in cursors for value in cursor.get_children()}
