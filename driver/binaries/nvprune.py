"""`nvprune`: keeps the device code of the named architectures in an object, a static library or a fat binary, and drops the rest.

A pruned section keeps the places where its containers begin: what an object registers are addresses in that section.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from crosswarp.driver.binaries.containers import containers, is_container
from crosswarp.driver.binaries.contents import SECTIONS
from crosswarp.driver.binaries.image import Image, Kind
from crosswarp.driver.binaries.tool import Tool, single
from crosswarp.driver.input_files import read, reading
from crosswarp.driver.option_table import Form, Option, Support
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed
from crosswarp.support.elf import (
    AR_MAGIC,
    RELOCATABLE_SECTION,
    ElfError,
    compacted,
    is_elf,
    members,
    replace_section,
    section_bytes,
)
from crosswarp.support.files import write_atomically
from crosswarp.support.toolchain import run_tool, zig

_OPTIONS = (
    Option("arch", "arch", Form.LIST, Support.DONE, "architectures to keep: sm_80, gfx1100, x86-64-v3 (cpu: every CPU's), ..."),
    Option("generate-code", "gencode", Form.EACH, Support.DONE, "the same in nvcc's words: arch=...,code=sm_80"),
    Option("no-relocatable-elf", "no-relocatable-elf", Form.FLAG, Support.DONE, "drop machine code that is linked later"),
    Option("output-file", "o", Form.VALUE, Support.DONE, "the output"),
)
_RELOCATABLE_FILE = 1
Wanted = Callable[[Image], bool]


def run(parsed: Parsed, files: list[str]) -> int:
    """Write the pruned file."""
    path, output = single(files), parsed.last("output-file")
    names = set(parsed.all("arch")) | {code for text in parsed.all("generate-code") for code in _codes(text)}
    if not names:
        raise CommandLineError("name the architectures to keep: -arch or -gencode")
    if not output:
        raise CommandLineError("name the output: -o FILE")
    dropped = (True, True) if parsed.has("no-relocatable-elf") else None
    data = read(path)
    with reading(path):
        content = pruned(data, lambda image: _is_wanted(image, names) and (image.relocatable, image.kind.is_elf) != dropped)
    write_atomically(Path(output), content)
    return 0


def _codes(text: str) -> list[str]:
    code = text.partition("code=")[2].replace("\\", "").strip('"[] ')
    if not code:
        raise CommandLineError(f"Option '--generate-code {text}', missing code")
    return [each.strip() for each in code.split(",")]


def _is_wanted(image: Image, names: set[str]) -> bool:
    """`sm_80` keeps machine code and PTX for it, `compute_80` PTX and IR only, `cpu` the code of every CPU."""
    if image.kind is Kind.CPU and "cpu" in names:
        return True
    virtual = image.arch.replace("sm_", "compute_")
    return image.arch in names or (image.kind is not Kind.CUBIN and virtual in names) or (
        image.kind is Kind.PORTABLE_IR and image.arch.replace("compute_", "sm_") in names)


def pruned(data: bytes, wanted: Wanted) -> bytes:
    """A file with only the `wanted` images. Raises `ElfError`, `ContentError` for files that cannot be pruned."""
    if data.startswith(AR_MAGIC):
        return _library([(name, pruned(content, wanted) if is_elf(content) else content) for name, content in members(data)])
    if is_container(data):
        return b"".join(found.kept(wanted) for found in containers(data))
    if not is_elf(data):
        raise ElfError("not an object, a static library or a fat binary")
    if data[16] != _RELOCATABLE_FILE:
        raise ElfError("a linked program or library: prune its objects, then link")
    for name in SECTIONS:
        section = section_bytes(data, name)
        if section:
            data = replace_section(data, name, _pruned_section(section, name == RELOCATABLE_SECTION, wanted))
    return compacted(data)


def _pruned_section(section: bytes, relocatable: bool, wanted: Wanted) -> bytes:
    out = b""
    for each in containers(section):
        out += bytes(each.offset - len(out))
        out += each.kept(lambda image: wanted(replace(image, relocatable=relocatable)))
    return out


def _library(contents: list[tuple[str, bytes]]) -> bytes:
    """A static library of these members; each lies in a folder of its own, for names may repeat."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for index, (name, content) in enumerate(contents):
            path = Path(folder, str(index), Path(name).name)
            path.parent.mkdir()
            path.write_bytes(content)
            paths.append(str(path))
        library = Path(folder, "out.a")
        run_tool([zig(), "ar", "qcsD", str(library), *paths])
        return library.read_bytes()


main = Tool("nvprune", "Keeps the device code of some architectures", _OPTIONS, run).main
