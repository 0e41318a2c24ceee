"""What we have of the CUDA-X libraries: what our headers declare, and define where it is a function.

No library of ours exports their functions, so one that is only declared is absent: a program that calls it does not link. A
declaration with `__attribute__((unavailable))` is refused: using it is a compile error that says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.model import Entry, State
from crosswarp.cuda_api_coverage.derive.cplusplus import cplusplus_flags
from crosswarp.cuda_api_coverage.derive.declarations import INCLUDE, parse_header
from crosswarp.support.paths import PACKAGE_ROOT

# Headers that declare more of a family than those its records name.
_MORE_HEADERS = {"curand": ("curand_kernel.h",)}


@dataclass(frozen=True)
class Declaration:
    """One name in our headers; `file` is from the repository's root."""

    name: str
    file: str
    available: bool
    usable: bool
    """False for a function without a body."""


def entries(kept: Iterable[Entry]) -> list[Entry]:
    """The kept records of one library, with what our headers have of each."""
    records = list(kept)
    headers = {entry.header for entry in records} | set(_MORE_HEADERS.get(records[0].family, ())) if records else set()
    declared = {one.name: one for header in sorted(headers) if (INCLUDE / header).exists() for one in declarations(header)}
    return [_derived(entry, declared.get(entry.name)) for entry in records]


@lru_cache
def declarations(header: str) -> tuple[Declaration, ...]:
    """Functions, types, enumerators and macros that a header of ours declares as C++, with those of the headers it includes."""
    found: dict[str, Declaration] = {}
    for cursor in parse_header(header, INCLUDE, macros=True, flags=cplusplus_flags()):
        for one in _named(cursor):
            new = _declaration(one)
            old = found.get(one.spelling, new)
            better = new if new.usable and not old.usable else old
            found[one.spelling] = replace(better, available=old.available and new.available)
    return tuple(found.values())


def _named(cursor: Any) -> Iterator[Any]:
    from clang.cindex import CursorKind

    yield cursor
    if cursor.kind == CursorKind.ENUM_DECL:
        yield from cursor.get_children()


def _declaration(cursor: Any) -> Declaration:
    from clang.cindex import AvailabilityKind, CursorKind

    functions = (CursorKind.FUNCTION_DECL, CursorKind.FUNCTION_TEMPLATE)
    file = Path(str(cursor.location.file)).resolve().relative_to(PACKAGE_ROOT.resolve()).as_posix()
    available = cursor.availability != AvailabilityKind.NOT_AVAILABLE
    return Declaration(cursor.spelling, file, available, cursor.kind not in functions or cursor.is_definition())


def _derived(entry: Entry, declared: Declaration | None) -> Entry:
    if declared is None or not declared.usable:
        return replace(entry, state=State.ABSENT, refused_on=(), source="")
    return replace(entry, state=State.IMPLEMENTED if declared.available else State.REFUSED, refused_on=(), source=declared.file)
