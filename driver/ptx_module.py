"""`crosswarp ptx FOLDER`: PTX and linkable device code become one image (`runtime_shim/core/jit.cpp` makes the folder).

    in:   arch                  the device's architecture
          options               words, each with a NUL behind it: O0 to O4, debug, line-info
          kinds, names          of the inputs, each with a NUL behind it; kinds are CUjitInputType's numbers
          input-0, input-1, ... PTX text, objects, static libraries, fat binaries; portable IR as the kind 5
    out:  image                 what the device loads
          compiler              which compiler made it (`identity.py`)

What is made goes into the compiler's cache too, under a key that the runtime shim works out by itself. Exit codes: 0; 1 the PTX is
wrong, or uses what is not supported; 3 a bug; 4 the PTX is of a later version; 5 an input cannot be linked; 6 an input is damaged.
What is printed is the program's log.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from crosswarp.driver.cache import cache_key, object_cache
from crosswarp.driver.identity import compiler_listing
from crosswarp.support.diagnostics import CompileError, CrosswarpError, Diagnostic, Location, pointed_out
from crosswarp.targets.base import TargetOptions

WRONG, LATER_VERSION, NOT_LINKABLE, DAMAGED = 1, 4, 5, 6
# Instructions of later versions are refused one by one; a later version may give known ones another meaning.
NEWEST_VERSION = (9, 0)
_VERSION = re.compile(r"^\s*\.version\s+(\d+)\.(\d+)", re.M)
_OPTIMISED_MOST = 3
_DEFINED, _HIDDEN = re.compile(rb"^(@\S+) = ", re.M), re.compile(rb"^(@\S+) = hidden ", re.M)
_NVVM = 5
_ARCHIVE = b"!<arch>\n"
_HINT = "(compile it with -dc or -rdc=true)"


@dataclass(frozen=True)
class Input:
    """One piece of device code; `name` is what messages call it, `kind` one of CUjitInputType's numbers."""

    name: str
    path: Path
    kind: int


class Refused(Exception):
    """The end of a compilation: its exit code, and what the program reads."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def compile_module(folder: Path) -> int:
    """Make the image; returns the exit code."""
    try:
        listing = compiler_listing()  # before the compiler is imported: what is compiled is never newer than what is listed
        image = _image(folder)
    except Refused as refused:
        print(refused)
        return refused.code
    except CrosswarpError as error:
        print(error)
        return int(error.exit_code)
    (folder / "image").write_bytes(image)
    (folder / "compiler").write_bytes(listing)
    _keep(folder, listing, image)
    return 0


def _keep(folder: Path, listing: bytes, image: bytes) -> None:
    """The same parts of the key as in `runtime_shim/core/jit.cpp`."""
    from crosswarp.driver.settings import load_settings

    parts = [(folder / name).read_bytes() for name in ("arch", "options", "kinds")]
    parts += [item.path.read_bytes() for item in _inputs(folder)]
    object_cache(load_settings().cache_bytes).put(cache_key(["ptx-module", listing, *parts]), image)


def _words(path: Path) -> list[str]:
    return path.read_bytes().decode(errors="replace").split("\0")[:-1]


def _inputs(folder: Path) -> list[Input]:
    names, kinds = _words(folder / "names"), _words(folder / "kinds")
    several = len(names) > 1
    return [Input(name or ("PTX text" if not several else f"input {number}"), folder / f"input-{number}", int(kind))
            for number, (name, kind) in enumerate(zip(names, kinds, strict=True))]


def _image(folder: Path) -> bytes:
    """What a target refuses is compiled once more with line numbers, to tell where it stands in the PTX."""
    lines = not {"debug", "line-info"}.isdisjoint(_words(folder / "options"))
    try:
        return _compiled(folder, lines)
    except CompileError as error:
        if lines or all(each.location for each in error.diagnostics):
            raise
    return _compiled(folder, lines=True)


def _compiled(folder: Path, lines: bool) -> bytes:
    from crosswarp.driver.images import ImageJob

    arch = (folder / "arch").read_text()
    texts = [text for item in _inputs(folder) for text in portable_texts(item, lines)]
    portable = folder / "module.nvvm.ll"
    portable.write_bytes(_linked(texts))
    output = folder / "module.image"
    ImageJob(_known(arch), portable, output, "module", folder, _options(_words(folder / "options")), cache_bytes=0,
             skip_empty=False).run()
    return output.read_bytes()


def _known(arch: str) -> str:
    from crosswarp.driver.architectures import resolve

    return resolve(arch)[0]


def _options(words: list[str]) -> TargetOptions:
    level = next((int(word[1:]) for word in words if word[:1] == "O"), _OPTIMISED_MOST)
    return TargetOptions(opt_level=min(level, _OPTIMISED_MOST), debug="debug" in words, line_info="line-info" in words)


def portable_texts(item: Input, lines: bool = False) -> list[tuple[str, bytes]]:
    """(name, portable IR) of the pieces in an input; `lines`: with those of PTX text. Raises `Refused` or `CompileError`."""
    from crosswarp.runtime_shim.fatbin.writer import MAGIC

    data = item.path.read_bytes()
    if data.startswith(MAGIC):
        return [(item.name, _from_fat_binary(item.name, data, lines))]
    if data.startswith((b"\x7fELF", _ARCHIVE)):
        return _from_objects(item)
    if item.kind == _NVVM:
        return [(item.name, data.rstrip(b"\0"))]
    return [(item.name, _from_ptx(item.name, data, lines))]


def _from_ptx(name: str, data: bytes, lines: bool) -> bytes:
    """Portable IR of PTX text; NVRTC's carries more, which is worth as much as the text is unchanged."""
    from crosswarp.driver.rtc import carried_fat_binary

    carried = carried_fat_binary(data)
    if carried is not None and (portable := _portable_entry(carried)) is not None:
        return portable
    return read_ptx(name, data.rstrip(b"\0").decode(errors="replace"), lines)


def read_ptx(name: str, text: str, lines: bool = False) -> bytes:
    """Portable IR of PTX text. Raises `Refused` for a later version, `CompileError` with the lines that are wrong."""
    from crosswarp.ir.ptx.module import read_ptx_module
    from crosswarp.ir.writer import write_module

    version = _VERSION.search(text)
    if version is not None and (int(version[1]), int(version[2])) > NEWEST_VERSION:
        raise Refused(LATER_VERSION, f"{name}: error: PTX .version {version[1]}.{version[2]} is later than {NEWEST_VERSION[0]}."
                                     f"{NEWEST_VERSION[1]}, the newest that is known")
    try:
        return write_module(read_ptx_module(text, name, lines)).encode()
    except CompileError as error:
        raise CompileError([_with_excerpt(each, text) for each in error.diagnostics]) from error


def _with_excerpt(diagnostic: Diagnostic, text: str) -> Diagnostic:
    """The text lies in memory: the lines that a message is about are shown from here."""
    at = diagnostic.location or Location("")
    lines = text.splitlines()
    if diagnostic.detail or Path(at.file).is_file() or not 0 < at.line <= len(lines):
        return diagnostic
    return replace(diagnostic, detail="\n".join(pointed_out(lines[at.line - 1], at.line, at.column)))


def _from_fat_binary(name: str, data: bytes, lines: bool) -> bytes:
    from crosswarp.runtime_shim.fatbin.writer import FatBinary
    from crosswarp.targets.base import ImageKind

    portable = _portable_entry(data)
    if portable is not None:
        return portable
    texts = {entry.arch: entry.data for entry in FatBinary.read(data).entries if entry.kind == ImageKind.PTX}
    if not texts:
        raise Refused(NOT_LINKABLE, f"{name}: error: neither PTX nor relocatable device code in it {_HINT}")
    best = max(texts, key=lambda arch: (arch.removeprefix("sm_") <= "80", arch))
    return read_ptx(name, texts[best].rstrip(b"\0").decode(), lines)


def _portable_entry(data: bytes) -> bytes | None:
    from crosswarp.runtime_shim.fatbin.writer import FatBinary
    from crosswarp.targets.base import ImageKind

    return next((entry.data for entry in FatBinary.read(data).entries if entry.kind == ImageKind.PORTABLE_IR), None)


def _from_objects(item: Input) -> list[tuple[str, bytes]]:
    """Relocatable device code of an object or a static library."""
    from crosswarp.driver.device_link import relocatable_objects

    found = relocatable_objects(item.path)
    if not found and not item.path.read_bytes().startswith(_ARCHIVE):  # a library may be empty, as libcudadevrt.a is
        raise Refused(NOT_LINKABLE, f"{item.name}: error: no relocatable device code in it {_HINT}")
    return [(item.name, next(iter(each.portable.values()))) for each in found]


def _apart(texts: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Variables that PTX does not make `.visible` are a module's own where another module has the name, too."""
    count = Counter(name for _, text in texts for name in set(_DEFINED.findall(text)))

    def own(found: re.Match[bytes]) -> bytes:
        return found[1] + (b" = internal " if count[found[1]] > 1 else b" = hidden ")

    return [(origin, _HIDDEN.sub(own, text)) for origin, text in texts]


def _linked(texts: list[tuple[str, bytes]]) -> bytes:
    """One module of all pieces. PTX and CUDA may declare the same function in their own ways."""
    from crosswarp.driver.device_link import linked_ir
    from crosswarp.driver.device_runtime import TEXT, is_needed
    from crosswarp.ir.facts import TargetFacts
    from crosswarp.ir.passes.match_signatures import MatchSignatures
    from crosswarp.ir.reader import read_module
    from crosswarp.ir.writer import write_module

    if not texts:
        raise Refused(NOT_LINKABLE, f"error: no device code to link {_HINT}")
    if any(is_needed(text) for _, text in texts):
        texts = [*texts, ("libcudadevrt.a", TEXT)]
    if len(texts) == 1:
        return texts[0][1]
    module = read_module(linked_ir(_apart(texts)))
    MatchSignatures().apply(module, TargetFacts("", module.triple, module.datalayout))
    return write_module(module).encode()
