"""The device code in a file of any kind: programs, shared libraries, objects, static libraries, fat binaries, single images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from crosswarp.driver.binaries.containers import containers, is_container
from crosswarp.driver.binaries.image import Image, Kind, elf_image
from crosswarp.driver.input_files import read, reading
from crosswarp.support.elf import AR_MAGIC, RELOCATABLE_SECTION, is_elf, members, section_bytes

# Sections of linked device code, and of device code that is linked later.
LINKED_SECTIONS = (".nv_fatbin", ".hip_fatbin")
SECTIONS = (*LINKED_SECTIONS, RELOCATABLE_SECTION)
_TARGET = re.compile(rb"^\s*\.target\s+(sm_\w+)", re.M)


def images_in(path: Path) -> list[Image]:
    """Every image in a file, in order. Raises `CompileError` for a file that cannot be read or is damaged."""
    data = read(path)
    with reading(path):
        return list(read_images(data))


def read_images(data: bytes) -> Iterator[Image]:
    """The images in a file's bytes. Raises `ElfError`, `ContentError`."""
    if data.startswith(AR_MAGIC):
        for name, content in members(data):
            if is_elf(content) or is_container(content):
                yield from (replace(image, member=name) for image in read_images(content))
    elif is_elf(data):
        own = elf_image(data)
        yield from [own] if own else _embedded(data)
    elif is_container(data):
        yield from (image for found in containers(data) for image in found.images)
    elif b"\0" not in data.rstrip(b"\0") and (arch := ptx_architecture(data)):
        yield Image(Kind.PTX, arch, data, len(data))


def ptx_architecture(text: bytes) -> str:
    """The architecture that PTX text names; empty where it names none."""
    match = _TARGET.search(text)
    return match[1].decode() if match else ""


def _embedded(data: bytes) -> Iterator[Image]:
    for section in SECTIONS:
        for found in containers(section_bytes(data, section)):
            yield from (replace(image, relocatable=section == RELOCATABLE_SECTION) for image in found.images)
