"""The functions that our own CUDA headers declare, with their parameters, read with libclang."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosswarp.support.paths import PACKAGE_ROOT
from crosswarp.support.toolchain import resource_dir

INCLUDE = PACKAGE_ROOT / "runtime_shim" / "include"
_ALIAS = re.compile(r"^\s*#\s*define\s+(cu\w+)\s+(cu\w+)\s*$", re.M)


@dataclass(frozen=True)
class Parameter:
    """One parameter: its type as the header spells it, without `enum` and `struct`, and what it is underneath.

    `shape` is `pointer`, `record`, `enum`, or C's name of a number (`unsigned int`); `size` is in bytes.
    """

    name: str
    type: str
    shape: str
    size: int


@dataclass(frozen=True)
class Function:
    """A function of the API; `symbol` is what a program links, `name` what it writes."""

    name: str
    symbol: str
    result: str
    parameters: tuple[Parameter, ...]


def _plain(spelling: str) -> str:
    return re.sub(r"\b(enum|struct|union) ", "", spelling)


def _parameter(cursor: Any) -> Parameter:
    from clang.cindex import TypeKind

    canonical = cursor.type.get_canonical()
    shapes = {TypeKind.POINTER: "pointer", TypeKind.RECORD: "record", TypeKind.ENUM: "enum"}
    shape = shapes.get(canonical.kind, canonical.spelling)
    return Parameter(cursor.spelling, _plain(cursor.type.spelling), shape, canonical.get_size())


def aliases(include: Path = INCLUDE) -> dict[str, str]:
    """Second versions: what `#define cudaGetDeviceProperties cudaGetDeviceProperties_v2` makes of a name, by symbol."""
    texts = (path.read_text() for path in include.rglob("*.h") if path.name != "per_thread_stream.h")
    return {symbol: name for text in texts for name, symbol in _ALIAS.findall(text)}


def parse_header(header: str, include: Path, macros: bool = False, text: str = "",
                 flags: Sequence[str] = ("-x", "c")) -> Iterator[Any]:
    """The cursors of what `header` and the headers of ours in it declare, with definitions of `macros`, and the `text` after it.

    `flags` name the language. Raises `ValueError` where it does not parse.
    """
    from clang import cindex

    arguments = [*flags, "-resource-dir", str(resource_dir()), "-I", str(include)]
    options = cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD if macros else 0
    source = f"#include <{header}>\n{text}"
    unit = cindex.Index.create().parse("api.c", args=arguments, unsaved_files=[("api.c", source)], options=options)
    errors = [str(d) for d in unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
    if errors:
        raise ValueError(f"{header}: {errors[0]}")
    for cursor in _outermost(unit.cursor):
        path = cursor.location.file and str(cursor.location.file)
        if path and (Path(path).is_relative_to(include) or (text and path == "api.c")):
            yield cursor


def _outermost(cursor: Any) -> Iterator[Any]:
    """What a header declares outside functions and classes; C++ puts C's declarations into a block."""
    from clang.cindex import CursorKind

    for child in cursor.get_children():
        if child.kind in (CursorKind.LINKAGE_SPEC, CursorKind.NAMESPACE):
            yield from _outermost(child)
        else:
            yield child


def declared_functions(header: str = "cuda_runtime_api.h", prefix: str = "cuda", include: Path = INCLUDE) -> list[Function]:
    """Every function of `header` whose name begins with `prefix`, in the order of declaration."""
    from clang.cindex import CursorKind

    names = aliases(include)
    found = {}
    for cursor in parse_header(header, include):
        symbol = cursor.spelling
        if cursor.kind != CursorKind.FUNCTION_DECL or not symbol.startswith(prefix):
            continue
        parameters = tuple(_parameter(argument) for argument in cursor.get_arguments())
        name = names.get(symbol, symbol)
        found[symbol] = Function(name, symbol, _plain(cursor.result_type.spelling), parameters)
    return list(found.values())
