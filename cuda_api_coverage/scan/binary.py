"""Which CUDA APIs a built program, library or object uses: what it imports, and the device code in it.

A program asks for a function by an undefined symbol, whose version names the library; one that has the CUDA runtime inside (nvcc's
default, `-cudart static`) asks for none, and says so here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.catalogue.ptx import lookup_ptx
from crosswarp.cuda_api_coverage.scan.assembly import instructions
from crosswarp.cuda_api_coverage.scan.elf_imports import Imports, read_imports
from crosswarp.cuda_api_coverage.scan.model import DeviceCode, FileResult, Method, Problem, ReadDeviceCode, Use
from crosswarp.support.elf import AR_MAGIC, ElfError, is_elf, members
from crosswarp.support.paths import library_dir

_ELF, _THIN_ARCHIVE, _BITCODE = b"\x7fELF", b"!<thin>\n", b"BC\xc0\xde"
_OTHERS = {
    b"MZ": "a Windows program or library (PE)",
    b"\xcf\xfa\xed\xfe": "a Mach-O file of macOS",
    b"\xce\xfa\xed\xfe": "a Mach-O file of macOS",
    b"\xca\xfe\xba\xbe": "a universal Mach-O file of macOS, or a Java class",
    b"\0asm": "a WebAssembly module",
}
# A wheel's tools put a digest in the names of libraries that it brings: `libcudart-d0da41ae.so.11.0`.
_LIBRARY = re.compile(r"lib([\w-]+?)(?:-[0-9a-f]{8})?\.so[.\d]*")
_NAMED_LIBRARY = re.compile(rb"(?:/[\w./-]*/)?(lib[\w-]+\.so(?:\.\d+)*)\0")
_CUDA_NAME = re.compile(r"(cuda|cu|cublas|cublasLt|cufft|curand|cusparse|cusolver\w\w|cudnn|nvrtc|npp[is]?|nvml|nccl)[A-Z]\w*")
# `cuMemcpyHtoDAsync_v2_ptsz`: what headers make of `cuMemcpyHtoDAsync`.
_PER_THREAD, _SUFFIX = re.compile(r"_(ptds|ptsz)$"), re.compile(r"(_v\d+)?(_ptds|_ptsz)?$")
_REGISTERS = "__cudaRegisterFatBinary"
_OUR_NOTE = ".note.crosswarp"
HEAD_BYTES = 64
_STATIC = "the runtime is linked statically (nvcc's -cudart static)"
_LINK_AGAIN = "No other runtime can take the place of one that is linked statically: link it again, with Crosswarp's nvcc."


def is_binary(head: bytes) -> bool:
    """Whether a file with these first `HEAD_BYTES` is for `scan_binary`: ELF, a static library, or another system's program."""
    if head.startswith(b"MZ"):
        return b"\0" in head[:HEAD_BYTES]
    return head.startswith((_ELF, AR_MAGIC, _THIN_ARCHIVE, *_OTHERS))


def scan_binary(path: Path, catalogue: Catalogue, device_code: ReadDeviceCode | None = None) -> FileResult:
    """What the file at `path` imports, and its images where `device_code` reads them (it may raise `ValueError`), with the
    instructions of their PTX. Never raises: what is wrong with the file is a problem of the result.
    """
    try:
        data = path.read_bytes()
    except (OSError, MemoryError) as error:
        return FileResult(path, Method.SYMBOLS, 0, problems=(Problem("unreadable", getattr(error, "strerror", "") or str(error)),))
    other = next((what for magic, what in _OTHERS.items() if data.startswith(magic)), "")
    if other or not is_binary(data[:HEAD_BYTES]):
        return FileResult(path, Method.SYMBOLS, 0, problems=(Problem("not text", other),))
    problems: list[Problem] = []
    parts = list(_parts(data, problems))
    images = list(_images(data, device_code, problems)) if device_code else []
    notes = tuple(_notes(parts, data, catalogue))
    if any(_has_runtime(part) for part in parts):
        problems.append(Problem("hidden", _STATIC))
    uses = (*_uses(parts, catalogue), *_instructions(text for _, text in images if text))
    return FileResult(path, Method.SYMBOLS, 0, uses, tuple(problems), tuple(image for image, _ in images), notes)


def _parts(data: bytes, problems: list[Problem]) -> Iterator[Imports]:
    """The imports of the file, or of each member of a static library."""
    if data.startswith(_THIN_ARCHIVE):
        problems.append(Problem("damaged binary", "a thin archive: scan its members themselves"))
        return
    for name, content in _members(data, problems):
        if not content.startswith(_ELF):
            what = "LLVM bitcode" if content.startswith(_BITCODE) else "no object"
            problems.append(Problem("damaged binary", f"{name}: {what}"))
            continue
        try:
            if not is_elf(content):
                raise ElfError("ELF, and not 64-bit little-endian")
            yield read_imports(content)
        except ElfError as error:
            problems.append(Problem("damaged binary", f"{name}: {error}" if name else str(error)))


def _members(data: bytes, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    if not data.startswith(AR_MAGIC):
        yield "", data
        return
    try:
        yield from members(data)
    except (ElfError, ValueError) as error:
        problems.append(Problem("damaged binary", str(error)))


def _images(data: bytes, device_code: ReadDeviceCode, problems: list[Problem]) -> Iterator[tuple[DeviceCode, str | None]]:
    try:
        for image, text in device_code(data):
            if text is None:
                problems.append(Problem("damaged binary", f"its {image.kind} for {image.arch} cannot be unpacked"))
            yield image, text
    except ValueError as error:
        problems.append(Problem("damaged binary", f"its device code: {error}"))


def _instructions(texts: Iterable[str]) -> Iterator[Use]:
    """Each instruction of PTX once."""
    opcodes = {opcode for text in texts for opcode, _ in instructions(text)}
    for opcode in sorted(opcodes):
        entry = lookup_ptx(opcode)
        yield Use(opcode, (entry,) if entry else ())


def _uses(parts: list[Imports], catalogue: Catalogue) -> Iterator[Use]:
    """Each API and each library once, by name."""
    own = frozenset[str]().union(*(part.defined for part in parts))
    names: dict[str, tuple[Entry, ...]] = {}
    for part in parts:
        names |= {name: (entry,) for library in part.needed for name, entry in _libraries(library, catalogue)}
        for symbol, library in part.undefined.items():
            if symbol not in own and (found := _record(symbol, library, catalogue)):
                names[found[0]] = found[1]
    yield from (Use(name, names[name]) for name in sorted(names))


def _libraries(file: str, catalogue: Catalogue) -> Iterator[tuple[str, Entry]]:
    """The record of a library by the name of its file: `libcublas.so.12` is `cublas`."""
    if (match := _LIBRARY.fullmatch(file)) is not None:
        yield from ((entry.name, entry) for entry in catalogue.by_name.get(match[1], ()) if entry.kind is Kind.LIBRARY)


def _record(symbol: str, library: str, catalogue: Catalogue) -> tuple[str, tuple[Entry, ...]] | None:
    """The API that a symbol is of, with its records; None for a symbol that is not CUDA's."""
    plain = _SUFFIX.sub("", symbol)
    for name in (symbol, catalogue.forms.get(symbol, ""), _PER_THREAD.sub("", symbol), plain):
        entries = tuple(entry for entry in catalogue.by_name.get(name, ()) if entry.kind is Kind.FUNCTION)
        if entries:
            return name, entries
    of_library = not symbol.startswith("_") and any(_libraries(library, catalogue))
    return (plain, ()) if of_library or _CUDA_NAME.fullmatch(symbol) else None


def _notes(parts: list[Imports], data: bytes, catalogue: Catalogue) -> Iterator[str]:
    needed = dict.fromkeys(name for part in parts for name in part.needed if any(_libraries(name, catalogue)))
    yield from map(_needs, needed)
    if any(_has_runtime(part) and _OUR_NOTE not in part.sections for part in parts):
        yield _LINK_AGAIN
    named = {match[1].decode() for match in _NAMED_LIBRARY.finditer(data)} - set(needed) - {part.soname for part in parts}
    opened = sorted(name for name in named if any(_libraries(name, catalogue)))
    if opened and any(part.linked for part in parts):
        yield f"Names {', '.join(opened)}: what it asks of libraries that it opens itself (dlopen) is not among its symbols."


def _needs(library: str) -> str:
    """What the loader will say."""
    if (library_dir() / library).exists():
        return f"Needs {library}, which Crosswarp has."
    match = _LIBRARY.fullmatch(library)
    others = sorted(path.name for path in library_dir().glob(f"lib{match[1]}.so.*")) if match else []
    return f"Needs {library}: Crosswarp has {', '.join(others) or 'no such library'}."


def _has_runtime(part: Imports) -> bool:
    """A linked file that registers kernels, or defines how to, without exporting it: the runtime is inside."""
    registers = bool({".nvFatBinSegment", ".nv_fatbin"} & part.sections) or _REGISTERS in part.defined
    return part.linked and registers and _REGISTERS not in part.undefined and _REGISTERS not in part.exported
