"""Which functions of an API a type is for: those that take it, or a structure that has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.derive.declarations import INCLUDE, parse_header


@lru_cache
def users(headers: tuple[str, ...], include: Path = INCLUDE) -> dict[str, frozenset[str]]:
    """Name of a type to the symbols of the functions that have it, or a pointer to it, among their parameters, directly or as a
    member of a structure. Types of no function (flags are numbers in C) are not in it.
    """
    from clang.cindex import CursorKind

    found: dict[str, set[str]] = defaultdict(set)
    for header in headers:
        for cursor in parse_header(header, include):
            if cursor.kind == CursorKind.FUNCTION_DECL:
                for name in {name for argument in cursor.get_arguments() for name in _names(argument.type, set())}:
                    found[name].add(cursor.spelling)
    return {name: frozenset(functions) for name, functions in found.items()}


def _names(of: Any, seen: set[int]) -> Iterator[str]:
    """The type's own names and those of its members' types."""
    from clang.cindex import TypeKind

    while of.kind in (TypeKind.POINTER, TypeKind.CONSTANTARRAY):
        of = of.get_pointee() if of.kind == TypeKind.POINTER else of.element_type
    declaration = of.get_declaration()
    if declaration.hash in seen:
        return
    seen.add(declaration.hash)
    if declaration.spelling.isidentifier():
        yield declaration.spelling
    canonical = of.get_canonical()
    if canonical.kind != of.kind or canonical.get_declaration() != declaration:
        yield from _names(canonical, seen)
    for member in canonical.get_fields() if canonical.kind == TypeKind.RECORD else ():
        yield from _names(member.type, seen)
