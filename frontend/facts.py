"""Facts of a source that the portable IR no longer shows: launches, kernels as written, vendor macros tested.

libclang parses the host side with the very flags of the host pass; only cursors of the user's own files are visited, because
walking the standard library's costs seconds. Macro tests are read from the text of those files: clang keeps no record of `#ifdef`
on a macro that is not defined, which is just the interesting case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crosswarp.frontend.host import host_command
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.diagnostics import Location, user_error

# Macros by which a source tells vendors, compilers or architectures apart.
VENDOR_MACROS = ("__CUDA_ARCH__", "__HIP_PLATFORM_AMD__", "__HIP_PLATFORM_NVIDIA__", "__HIP_DEVICE_COMPILE__", "__HIPCC__",
                 "__AMDGCN__", "__NVPTX__", "__CROSSWARP__")
_CONDITIONAL = re.compile(r"^[ \t]*#[ \t]*(?:el)?if(?:n?def)?\b(?:.*\\\n)*.*", re.M)
_WORD = re.compile(r"[A-Za-z_]\w*")
# Kinds of cursors that can be kernels.
FUNCTIONS = ("FUNCTION_DECL", "CXX_METHOD", "FUNCTION_TEMPLATE")


@dataclass(frozen=True)
class KernelFact:
    """A `__global__` function with a body: CUDA name, mangled name, parameter types as written."""

    name: str
    mangled: str
    parameters: tuple[str, ...]
    location: Location


@dataclass(frozen=True)
class LaunchFact:
    """A `kernel<<<grid, block, shared, stream>>>(...)`: `configuration` is the source text between the chevrons."""

    kernel: str
    configuration: str
    location: Location


@dataclass(frozen=True)
class MacroTest:
    """A preprocessor condition that names one of `VENDOR_MACROS`."""

    macro: str
    location: Location


@dataclass(frozen=True)
class SourceFacts:
    """All facts of one translation unit."""

    kernels: tuple[KernelFact, ...]
    launches: tuple[LaunchFact, ...]
    macro_tests: tuple[MacroTest, ...]
    files: tuple[str, ...]


def source_facts(source: Path, options: FrontendOptions) -> SourceFacts:
    """Parse `source` with libclang and collect its facts. A source with errors gives the facts of what could be parsed.

    Raises `CompileError` for a source that cannot be read.
    """
    unit = parsed_source(source, options)
    files = user_files(unit, source)
    kernels: list[KernelFact] = []
    launches: list[LaunchFact] = []
    for cursor in user_cursors(unit.cursor, set(files)):
        if cursor.kind.name in FUNCTIONS and _is_kernel(cursor):
            kernels.append(_kernel_fact(cursor))
        elif cursor.kind.name == "CALL_EXPR":
            launch = _launch_fact(cursor)
            if launch is not None:
                launches.append(launch)
    return SourceFacts(tuple(kernels), tuple(launches), tuple(tested_macros(files)), tuple(files))


def parsed_source(source: Path, options: FrontendOptions, *, device: bool = False, macros: bool = False) -> Any:
    """Libclang's translation unit of a source, as the host pass reads it, or as the device pass does; `macros`: with a record of
    each definition. Raises `CompileError` for a missing file.
    """
    from clang import cindex

    if not source.is_file():
        raise user_error(f"no such file: '{source}'", "CW2005")
    words = _libclang_arguments(source, options)
    if device:
        words = ["--cuda-device-only" if word == "--cuda-host-only" else word for word in words]
    return cindex.Index.create().parse(None, args=words, options=int(macros))


def tested_macros(files: Iterable[str], names: Iterable[str] = VENDOR_MACROS) -> Iterator[MacroTest]:
    """Every `#if`, `#ifdef`, `#ifndef` and `#elif` of `files` that names one of `names`. Unreadable files are passed over."""
    wanted = set(names)
    for file in files:
        try:
            text = Path(file).read_text(errors="replace")
        except OSError:
            continue
        if not any(name in text for name in wanted):
            continue
        for match in _CONDITIONAL.finditer(text):
            for macro in sorted(wanted.intersection(_WORD.findall(match[0]))):
                yield MacroTest(macro, Location(file, text.count("\n", 0, match.start()) + 1))


def _libclang_arguments(source: Path, options: FrontendOptions) -> list[str]:
    """The host pass's command line without the program (`zig clang`), the action and the output."""
    plain = replace(options, dependencies=None)
    return [word for word in host_command(source, plain, None, action="-fsyntax-only")[2:] if word != "-fsyntax-only"]


def user_files(unit: Any, source: Path) -> list[str]:
    """The source and the headers it includes, system headers left out."""
    from clang import cindex

    files = {str(source)}
    for inclusion in unit.get_includes():
        if not cindex.conf.lib.clang_Location_isInSystemHeader(unit.get_location(inclusion.include.name, (1, 1))):
            files.add(inclusion.include.name)
    return sorted(files)


def user_cursors(root: Any, files: set[str]) -> Iterator[Any]:
    """Every cursor of declarations in `files`."""
    for top in root.get_children():
        if top.location.file is not None and top.location.file.name in files:
            yield from top.walk_preorder()


def _is_kernel(cursor: Any) -> bool:
    return cursor.is_definition() and any(child.kind.name == "CUDAGLOBAL_ATTR" for child in cursor.get_children())


def _kernel_fact(cursor: Any) -> KernelFact:
    parameters = tuple(child.type.spelling for child in cursor.get_children() if child.kind.name == "PARM_DECL")
    return KernelFact(cursor.spelling, _device_name(cursor.mangled_name), parameters, place_of(cursor.location))


def _launch_fact(cursor: Any) -> LaunchFact | None:
    parts = launch_words(cursor)
    return LaunchFact(" ".join(parts[0]), " ".join(parts[1]), place_of(cursor.extent.start)) if parts else None


def launch_words(cursor: Any) -> tuple[list[str], list[str]] | None:
    """Kernel and configuration of a launch: a call whose text has the chevrons, between which the configuration lies."""
    words = [token.spelling for token in cursor.get_tokens()]
    if "<<<" not in words or ">>>" not in words:
        return None
    opening, closing = words.index("<<<"), words.index(">>>")
    if not opening or "(" in words[:opening] or ";" in words[:opening]:
        return None  # the configuration's own call, or one that encloses the launch
    return words[:opening], words[opening + 1 : closing]


def _device_name(mangled: str) -> str:
    """The kernel's own mangled name; on the host side clang mangles the launch stub, `__device_stub__` before the name."""
    return re.sub(r"(\d+)__device_stub__", lambda match: str(int(match[1]) - len("__device_stub__")), mangled)


def place_of(place: Any) -> Location:
    """A place of libclang's."""
    return Location(place.file.name if place.file else "", place.line, place.column)
