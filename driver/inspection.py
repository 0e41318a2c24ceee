"""What is inside a built program, shared library, object or fat binary: its images, their kernels, their sizes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from crosswarp.driver.binaries.contents import images_in
from crosswarp.driver.binaries.elf_tables import symbols
from crosswarp.driver.binaries.image import ContentError, Image, Kind
from crosswarp.support.diagnostics import user_error
from crosswarp.support.elf import ElfError


@dataclass(frozen=True)
class ImageReport:
    """One image: sizes in bytes; `kernels` are source-level names where they can be read."""

    kind: str
    arch: str
    size: int
    compressed: bool
    kernels: tuple[str, ...]


def inspect(path: Path) -> list[ImageReport]:
    """The images in a file, of any vendor, in order. Raises `CompileError` for a file that cannot be read or has none."""
    found = images_in(path)
    if not found:
        raise user_error(f"'{path}' has no device code", "CW2009", hint="was it compiled with Crosswarp's nvcc?")
    return [_report(image) for image in found]


def _report(image: Image) -> ImageReport:
    try:
        names = kernel_names(image.kind, image.data)
    except (ElfError, ContentError):
        names = []
    return ImageReport(image.kind.title, image.arch, image.size, image.packed, tuple(names))


def kernel_names(kind: Kind, data: bytes) -> list[str]:
    """Kernels of an image by their names in the source, sorted; empty where the image does not say."""
    if kind is Kind.PTX:
        found = [name.decode() for name in re.findall(rb"^\s*(?:\.visible |\.weak )*\.entry\s+([\w$.]+)", data, re.M)]
    elif kind is Kind.PORTABLE_IR:
        found = [name.decode() for name in re.findall(rb"^define [^@\n]*ptx_kernel [^@\n]*@\"?([\w$.]+)", data, re.M)]
    elif kind is Kind.AMDGPU:
        found = [each.name[:-3] for each in symbols(data) if each.name.endswith(".kd")]
    elif kind is Kind.CPU:
        found = [each.name.removesuffix(".run") for each in symbols(data) if each.name.endswith(".run")]
    elif kind is Kind.CUBIN:
        found = [each.name for each in symbols(data) if each.kind == "FUNC" and each.bind != "LOCAL"]
    else:
        found = []
    return sorted({source_name(name) for name in found})


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
