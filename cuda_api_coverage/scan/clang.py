"""Names resolved to their declarations, by libclang with a project's own flags: a program's own `min` is not CUDA's.

Each source is parsed twice, as the host and as the device compiler sees it. What libclang leaves open (names that depend on
template parameters, text of macros) stays as the tokens have it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.scan.model import Problem
from crosswarp.support.paths import cccl_dir, include_dir

_REFERENCES = frozenset(
    ("DECL_REF_EXPR", "MEMBER_REF_EXPR", "TYPE_REF", "TEMPLATE_REF", "OVERLOADED_DECL_REF", "MACRO_INSTANTIATION", "VARIABLE_REF")
)
_SCOPES = frozenset(
    ("NAMESPACE", "CLASS_DECL", "STRUCT_DECL", "UNION_DECL", "CLASS_TEMPLATE", "CLASS_TEMPLATE_PARTIAL_SPECIALIZATION")
)
Place = tuple[int, int]
"""Line and column, from 1."""


@dataclass
class FileFacts:
    """What libclang knows of one file. `names`: the whole name where something of CUDA's stands, empty where something of the
    program's own does. `skipped`: first and last lines of branches that are not compiled.
    """

    names: dict[Place, str] = field(default_factory=dict)
    skipped: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class UnitFacts:
    """What it knows of a source and of the project's headers in it; `problem` where it could not read it."""

    files: dict[Path, FileFacts] = field(default_factory=dict)
    problem: Problem | None = None


def unit_facts(directory: Path, words: Sequence[str], own: Container[str]) -> UnitFacts:
    """Parse a source with libclang's `words`, for the host and, if it is CUDA, for the device. Never raises for its text.

    `own` are names of which it is of interest that the program declares them.
    """
    from clang import cindex

    result = UnitFacts()
    for device in (False, True) if "--cuda-host-only" in words else (False,):
        chosen = ["--cuda-device-only" if device and word == "--cuda-host-only" else word for word in words]
        try:
            unit = cindex.Index.create().parse(None, [f"-working-directory={directory}", *chosen], options=1)
        except cindex.TranslationUnitLoadError as error:
            return UnitFacts(problem=Problem("does not parse", str(error)))
        if problem := _problem(unit):
            return UnitFacts(problem=problem)
        _Unit(unit, directory, own).note(result.files)
    return result


def _problem(unit: Any) -> Problem | None:
    error = next((diagnostic for diagnostic in unit.diagnostics if diagnostic.severity >= diagnostic.Error), None)
    if error is None:
        return None
    what = "missing include" if error.spelling.endswith("file not found") else "does not parse"
    place = error.location
    return Problem(what, f"{place.file}:{place.line}: {error.spelling}" if place.file else error.spelling)


@cache
def _cuda_folders() -> tuple[str, ...]:
    found = [include_dir(), cccl_dir()]
    return tuple(f"{folder.resolve()}/" for folder in found if folder)


@cache
def _is_cuda_file(name: str) -> bool:
    return str(Path(name).resolve()).startswith(_cuda_folders())


@dataclass
class _Unit:
    """One parse of a source."""

    unit: Any
    directory: Path
    own: Container[str]
    texts: dict[str, list[bytes]] = field(default_factory=dict)

    def note(self, files: dict[Path, FileFacts]) -> None:
        """Add what is known to `files`. A branch that any parse compiles is not skipped."""
        for name, path in self.own_files.items():
            first, facts = path not in files, files.setdefault(path, FileFacts())
            skipped = self._skipped(name)
            facts.skipped = skipped if first else _in_both(facts.skipped, skipped)
        for top in self.unit.cursor.get_children():
            file = top.location.file
            if file is not None and file.name in self.own_files:
                for cursor in top.walk_preorder():
                    if cursor.kind.name in _REFERENCES:
                        self._reference(cursor, files)

    @cached_property
    def own_files(self) -> dict[str, Path]:
        """The source and the project's headers, by libclang's names of them."""
        lib = _library()
        names = {self.unit.spelling} | {
            inclusion.include.name
            for inclusion in self.unit.get_includes()
            if not lib.clang_Location_isInSystemHeader(self.unit.get_location(inclusion.include.name, (1, 1)))
        }
        return {name: (self.directory / name).resolve() for name in names if not _is_cuda_file(name)}

    def _reference(self, cursor: Any, files: dict[Path, FileFacts]) -> None:
        name, line, column = _file_place(cursor.location)
        declaration = _declaration(cursor) if name in self.own_files else None
        if declaration is None or declaration.location.file is None:
            return
        word, names = declaration.spelling, files[self.own_files[name]].names
        place = self._place_of(word, name, line, column)
        if place is None:
            return
        if _is_cuda_file(declaration.location.file.name):
            names[place] = _member(cursor) or whole_name(declaration)
        elif declaration.location.file.name in self.own_files and word in self.own and not _is_implicit(declaration):
            names.setdefault(place, "")

    def _place_of(self, word: str, name: str, line: int, column: int) -> Place | None:
        """Where a word stands in characters; None where another does: what stands in a macro's text has the macro's place."""
        if name not in self.texts:
            self.texts[name] = self.own_files[name].read_bytes().split(b"\n")
        text = self.texts[name][line - 1] if line <= len(self.texts[name]) else b""
        if not text.startswith(word.encode(), column - 1):
            return None
        return line, column if text.isascii() else len(text[: column - 1].decode(errors="replace")) + 1

    def _skipped(self, name: str) -> list[tuple[int, int]]:
        lib = _library()
        ranges = lib.clang_getSkippedRanges(self.unit, self.unit.get_file(name))
        found = [(ranges[0].ranges[at].start.line, ranges[0].ranges[at].end.line) for at in range(ranges[0].count)]
        lib.clang_disposeSourceRangeList(ranges)
        return found


def _in_both(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines strictly inside a range of each list, as ranges."""
    pairs = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return [(begin, end) for begin, end in pairs if begin < end]


@cache
def _library() -> Any:
    """libclang, with the functions that its Python binding leaves out."""
    from clang import cindex

    class RangeList(ctypes.Structure):
        _fields_ = (("count", ctypes.c_uint), ("ranges", ctypes.POINTER(cindex.SourceRange)))

    lib = cindex.conf.lib
    lib.clang_getSkippedRanges.argtypes = [cindex.TranslationUnit, cindex.File]
    lib.clang_getSkippedRanges.restype = ctypes.POINTER(RangeList)
    lib.clang_disposeSourceRangeList.argtypes = [ctypes.POINTER(RangeList)]
    lib.clang_disposeSourceRangeList.restype = None
    lib.clang_Cursor_isInlineNamespace.argtypes = [cindex.Cursor]
    lib.clang_getFileLocation.argtypes = [cindex.SourceLocation, *[ctypes.c_void_p] * 4]
    return lib


def _file_place(location: Any) -> tuple[str, int, int]:
    """File, line and column in the text of a file: of a macro's argument its own, of a macro's text where the macro is used."""
    from clang import cindex

    file, line, column, offset = cindex.c_object_p(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    _library().clang_getFileLocation(location, *map(ctypes.addressof, (file, line, column, offset)))
    return (cindex.File(file).name if file else ""), line.value, column.value


def _declaration(cursor: Any) -> Any:
    """What a reference means; of several functions of a name the first that is CUDA's."""
    if cursor.kind.name != "OVERLOADED_DECL_REF":
        return cursor.referenced
    choices = list(_overloads(cursor))
    cudas = (choice for choice in choices if choice.location.file and _is_cuda_file(choice.location.file.name))
    return next(cudas, choices[0] if choices else None)


def _is_implicit(declaration: Any) -> bool:
    """A function of clang's own, `__syncthreads`: it is declared where it is called first, and has no type in front."""
    return bool(declaration.kind.name == "FUNCTION_DECL" and declaration.extent.start == declaration.location)


def _overloads(cursor: Any) -> Iterator[Any]:
    lib = _library()
    for at in range(lib.clang_getNumOverloadedDecls(cursor)):
        found = lib.clang_getOverloadedDecl(cursor, at)
        found._tu = cursor._tu  # the binding keeps a parse alive by its cursors, and forgets to here
        yield found


def _member(cursor: Any) -> str:
    """`thread_block::sync` of `block.sync()` by the variable's class, whichever of its bases declares the member."""
    if cursor.kind.name != "MEMBER_REF_EXPR":
        return ""
    base = next(cursor.get_children(), None)
    owner = base.type.get_canonical().get_declaration() if base is not None else None
    return f"{whole_name(owner)}::{cursor.spelling}" if owner is not None and owner.spelling else ""


def _is_inline(scope: Any) -> bool:
    """An inline namespace, or one of ours that is opened where it stands."""
    return not scope.spelling or scope.spelling.startswith("__") or bool(_library().clang_Cursor_isInlineNamespace(scope))


def whole_name(declaration: Any) -> str:
    """A declaration's name from its outermost namespace; inline namespaces are left out, as programs leave them out."""
    parts = [declaration.spelling]
    parent = declaration.semantic_parent
    while parent is not None and parent.kind.name != "TRANSLATION_UNIT":
        if parent.kind.name in _SCOPES and not _is_inline(parent):
            parts.append(parent.spelling)
        parent = parent.semantic_parent
    return "::".join(reversed(parts))
