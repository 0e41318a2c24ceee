"""What is inside a built program, shared library, object or fat binary: its images, their kernels, their sizes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from crosswarp.runtime_shim.fatbin.writer import MAGIC, Entry, FatBinary, read_all
from crosswarp.support.diagnostics import user_error
from crosswarp.support.elf import ElfError, objects_in, section_bytes
from crosswarp.targets.base import ImageKind

FATBIN_SECTIONS = (".nv_fatbin", "__nv_relfatbin", ".hip_fatbin")
_KINDS = {ImageKind.CPU: "CPU code", ImageKind.AMDGPU: "AMDGPU code object", ImageKind.PTX: "PTX", ImageKind.CUBIN: "cubin",
          ImageKind.PORTABLE_IR: "portable IR"}


@dataclass(frozen=True)
class ImageReport:
    """One image: sizes in bytes; `kernels` are source-level names where they can be read."""

    kind: str
    arch: str
    size: int
    compressed: bool
    kernels: tuple[str, ...]


def fat_binaries(path: Path) -> list[FatBinary]:
    """Every fat binary in a file. Raises `CompileError` for a file that cannot be read or has none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise user_error(f"cannot read '{path}': {error.strerror}", "CW2005") from error
    if data.startswith(MAGIC):
        return read_all(data)
    try:
        contents = [section_bytes(member, name) for member in objects_in(data) for name in FATBIN_SECTIONS]
        found = [binary for content in contents for binary in read_all(content)]
    except ElfError as error:
        raise user_error(f"'{path}': {error}", "CW2009") from error
    if not found:
        raise user_error(f"'{path}' has no device code", "CW2009", hint="was it compiled with Crosswarp's nvcc?")
    return found


def inspect(path: Path) -> list[ImageReport]:
    """The images in a file, in order."""
    return [_report(entry) for binary in fat_binaries(path) for entry in binary.entries]


def _report(entry: Entry) -> ImageReport:
    kind = ImageKind(entry.kind)
    return ImageReport(_KINDS[kind], entry.arch, len(entry.data), entry.compress, tuple(kernel_names(kind, entry.data)))


def kernel_names(kind: ImageKind, data: bytes) -> list[str]:
    """Kernels of an image by their names in the source, sorted; empty where the image does not say."""
    if kind is ImageKind.PTX:
        found = [name.decode() for name in re.findall(rb"^\s*(?:\.visible |\.weak )*\.entry\s+([\w$.]+)", data, re.M)]
    elif kind is ImageKind.PORTABLE_IR:
        found = [name.decode() for name in re.findall(rb"^define [^@\n]*ptx_kernel [^@\n]*@\"?([\w$.]+)", data, re.M)]
    elif kind is ImageKind.AMDGPU:
        found = [name[:-3] for name in _symbols(data) if name.endswith(".kd")]
    elif kind is ImageKind.CPU:
        found = [name.removesuffix(".run") for name in _symbols(data) if name.endswith(".run")]
    else:
        found = []
    return sorted({source_name(name) for name in found})


def _symbols(data: bytes) -> list[str]:
    from io import BytesIO

    from elftools.common.exceptions import ELFError
    from elftools.elf.elffile import ELFFile
    from elftools.elf.sections import SymbolTableSection

    names: set[str] = set()
    try:
        image = ELFFile(BytesIO(data))
    except ELFError:
        return []
    for section in image.iter_sections():
        if isinstance(section, SymbolTableSection):
            names.update(symbol.name for symbol in section.iter_symbols())
    return sorted(names)


def source_name(mangled: str) -> str:
    """The qualified name in an Itanium-mangled one, without its parameters: `_ZN3app4stepEPfi` is `app::step`.

    Names this short form cannot read (templates' arguments, operators) stay as far as they were read.
    """
    match = re.match(r"_Z(?:L)?(N?)[KVr]*", mangled)
    if match is None:
        return mangled
    at, parts = match.end(), list[str]()
    while (length := re.match(r"(?:L|12_GLOBAL__N_1)?(\d+)", mangled[at:])) is not None:
        start = at + length.end()
        at = start + int(length[1])
        parts.append(mangled[start:at])
        if not match[1]:
            break
    name = "::".join("(anonymous)" if part == "_GLOBAL__N_1" else part for part in parts)
    return (name + ("<...>" if mangled[at : at + 1] == "I" else "")) or mangled
