"""What our headers declare for device code, read with libclang as the device pass reads them; templates and members too.

`cooperative_groups` and other namespaces are in the names (`nvcuda::wmma::fragment`), inline namespaces are not, and `details` is
left out. A class has its bases' members (`cooperative_groups::thread_block_tile::shfl`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.derive.declarations import INCLUDE
from crosswarp.frontend.facts import parsed_source
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.paths import PACKAGE_ROOT

HEADERS = (
    "cooperative_groups.h", "cooperative_groups/memcpy_async.h", "cooperative_groups/reduce.h", "cooperative_groups/scan.h",
    "cuComplex.h", "cuda_awbarrier.h", "cuda_awbarrier_primitives.h", "cuda_bf16.h", "cuda_device_runtime_api.h", "cuda_fp16.h",
    "cuda_fp4.h", "cuda_fp6.h", "cuda_fp8.h", "cuda_pipeline.h", "cuda_pipeline_primitives.h", "cuda_runtime.h",
    "math_constants.h", "mma.h", "assert.h", "stdio.h", "stdlib.h", "string.h",
)  # fmt: skip
ARCH = 1000
"""Everything is declared for this `__CUDA_ARCH__`: families that newer architectures lack are not."""
_FUNCTIONS = frozenset(("FUNCTION_DECL", "FUNCTION_TEMPLATE", "CXX_METHOD", "CONVERSION_FUNCTION"))
_CLASSES = frozenset(("CLASS_DECL", "STRUCT_DECL", "CLASS_TEMPLATE", "CLASS_TEMPLATE_PARTIAL_SPECIALIZATION"))
_OTHERS = frozenset(("TYPEDEF_DECL", "TYPE_ALIAS_DECL", "TYPE_ALIAS_TEMPLATE_DECL", "ENUM_DECL", "ENUM_CONSTANT_DECL", "VAR_DECL",
                     "MACRO_DEFINITION", "UNION_DECL", "FIELD_DECL", "USING_DECLARATION"))  # fmt: skip
_INLINE, _PRIVATE = "__v1", "details"


@dataclass(frozen=True)
class Declaration:
    """A name: libclang's kind, the file from the repository's root, whether device code may call it."""

    kind: str
    source: str
    device: bool


@cache
def declarations(headers: tuple[str, ...] = HEADERS, arch: int = ARCH) -> dict[str, Declaration]:
    """Every name. Raises `ValueError` where a header does not parse. What system headers declare is there for functions of C."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "names.cu")
        source.write_text("".join(f"#include <{header}>\n" for header in headers))
        unit = parsed_source(source, FrontendOptions(cuda_arch=arch), device=True, macros=True)
    errors = [str(one) for one in unit.diagnostics if one.severity > 2]
    if errors:
        raise ValueError(errors[0])
    found: dict[str, Declaration] = {}
    for name, cursor in _named(unit.cursor.get_children(), ""):
        declared = _declaration(cursor)
        if declared.device or name not in found:
            found[name] = declared
    return found


def _named(cursors: Iterable[Any], scope: str) -> Iterator[tuple[str, Any]]:
    for cursor in cursors:
        kind, name = cursor.kind.name, cursor.spelling
        if (not scope and not _is_ours(cursor)) or name == _PRIVATE:
            continue
        if kind in ("NAMESPACE", "LINKAGE_SPEC"):
            inner = scope if kind == "LINKAGE_SPEC" or name == _INLINE else f"{scope}{name}::"
            yield from _named(cursor.get_children(), inner)
        elif kind in _CLASSES:
            yield scope + name, cursor
            yield from _named(_members(cursor), f"{scope}{name}::")
        elif kind in _FUNCTIONS or kind in _OTHERS:
            yield scope + name, cursor
            if kind == "ENUM_DECL":
                yield from ((scope + constant.spelling, constant) for constant in cursor.get_children())


def _is_ours(cursor: Any) -> bool:
    return cursor.location.file is not None and Path(str(cursor.location.file)).is_relative_to(INCLUDE)


def _members(cursor: Any) -> Iterator[Any]:
    """Those that anyone may use, and those of the bases."""
    from clang.cindex import AccessSpecifier

    for child in cursor.get_children():
        if child.kind.name == "CXX_BASE_SPECIFIER":
            yield from (member for base in _bases(child) for member in _members(base))
        elif child.access_specifier in (AccessSpecifier.PUBLIC, AccessSpecifier.INVALID):
            yield child


def _bases(specifier: Any) -> Iterator[Any]:
    for child in specifier.get_children():
        if child.kind.name in ("TEMPLATE_REF", "TYPE_REF") and child.referenced is not None:
            yield child.referenced.get_definition() or child.referenced


def _declaration(cursor: Any) -> Declaration:
    marked = any(child.kind.name in ("CUDADEVICE_ATTR", "CUDAGLOBAL_ATTR") for child in cursor.get_children())
    path = Path(str(cursor.location.file))
    return Declaration(cursor.kind.name, path.relative_to(PACKAGE_ROOT).as_posix(), marked or cursor.kind.name not in _FUNCTIONS)
