"""The device code in a file of any kind: programs, shared libraries, objects, static libraries, fat binaries, single images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from crosswarp.driver.binaries.containers import containers, is_container
from crosswarp.driver.binaries.image import ContentError, Image, Kind, elf_image
from crosswarp.support.diagnostics import user_error
from crosswarp.support.elf import AR_MAGIC, RELOCATABLE_SECTION, ElfError, is_elf, members, section_bytes

# Sections of linked device code, and of device code that is linked later.
LINKED_SECTIONS = (".nv_fatbin", ".hip_fatbin")
SECTIONS = (*LINKED_SECTIONS, RELOCATABLE_SECTION)
_TARGET = re.compile(rb"^\s*\.target\s+(sm_\w+)", re.M)


def images_in(path: Path) -> list[Image]:
    """Every image in a file, in order. Raises `CompileError` for a file that cannot be read or is damaged."""
    try:
        return list(read_images(path.read_bytes()))
    except OSError as error:
        raise user_error(f"cannot read '{path}': {error.strerror}", "CW2005") from error
    except (ElfError, ContentError) as error:
        raise user_error(f"'{path}': {error}", "CW2009") from error


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
    elif b"\0" not in data.rstrip(b"\0") and (match := _TARGET.search(data)):
        yield Image(Kind.PTX, match[1].decode(), data, len(data))


def _embedded(data: bytes) -> Iterator[Image]:
    for section in SECTIONS:
        for found in containers(section_bytes(data, section)):
            yield from (replace(image, relocatable=section == RELOCATABLE_SECTION) for image in found.images)
