"""Every name that our headers give to a program: types, enumerators, macros and functions, with the file that has it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.model import Kind
from crosswarp.cuda_api_coverage.derive.declarations import INCLUDE, parse_header
from crosswarp.support.paths import PACKAGE_ROOT

_FORM = re.compile(r"(_v\d+)?(_pt[ds][sz])?$")


@dataclass(frozen=True)
class Declared:
    """One name. `enum` is the enumeration of an enumerator, `value` its value; `source` is from the repository's root."""

    kind: Kind
    source: str
    enum: str = ""
    value: int | None = None


def plain_name(symbol: str) -> str:
    """`cuMemcpyHtoD_v2_ptds` is a form of `cuMemcpyHtoD`."""
    return _FORM.sub("", symbol)


@lru_cache
def declared_names(headers: tuple[str, ...], include: Path = INCLUDE) -> dict[str, Declared]:
    """What each of `headers`, included alone, declares; guards and names that begin with `__` are among it."""
    found: dict[str, Declared] = {}
    for header in headers:
        for cursor in parse_header(header, include, macros=True):
            found |= _names(cursor)
    return found


@lru_cache
def declared_cplusplus(header: str, include: Path = INCLUDE) -> dict[str, str]:
    """Functions and function templates that `header` has for C++ alone (whose names are mangled), and the file that has each."""
    from clang.cindex import CursorKind

    found = {}
    for cursor in parse_header(header, include, flags=("-x", "c++")):
        function = cursor.kind == CursorKind.FUNCTION_DECL and cursor.mangled_name != cursor.spelling
        if function or cursor.kind in (CursorKind.FUNCTION_TEMPLATE, CursorKind.CLASS_TEMPLATE):
            found[cursor.spelling] = _source(cursor)
    return found


def macro_values(names: Iterable[str], header: str, include: Path = INCLUDE) -> dict[str, int]:
    """The integer that each macro stands for; raises `ValueError` where one is no constant."""
    text = "".join(f"enum : long long {{ value_of_{name} = (long long)({name}) }};\n" for name in names)
    cursors = parse_header(header, include, text=text)
    constants = [constant for cursor in cursors for constant in cursor.get_children()]
    return {c.spelling.removeprefix("value_of_"): c.enum_value for c in constants if c.spelling.startswith("value_of_")}


def _source(cursor: Any) -> str:
    return Path(str(cursor.location.file)).relative_to(PACKAGE_ROOT).as_posix()


def _names(cursor: Any) -> dict[str, Declared]:
    from clang.cindex import CursorKind

    source = _source(cursor)
    kinds = {CursorKind.STRUCT_DECL: Kind.TYPE, CursorKind.UNION_DECL: Kind.TYPE, CursorKind.ENUM_DECL: Kind.TYPE,
             CursorKind.TYPEDEF_DECL: Kind.TYPE, CursorKind.FUNCTION_DECL: Kind.FUNCTION, CursorKind.MACRO_DEFINITION: Kind.MACRO}
    found = {}
    if cursor.kind in kinds and cursor.spelling.isidentifier():
        found[cursor.spelling] = Declared(kinds[cursor.kind], source)
    if cursor.kind == CursorKind.ENUM_DECL:
        values = {c.spelling: c.enum_value for c in cursor.get_children()}
        found |= {name: Declared(Kind.ENUMERATOR, source, cursor.spelling, value) for name, value in values.items()}
    return found
