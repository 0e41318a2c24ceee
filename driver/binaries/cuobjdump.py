"""`cuobjdump`: lists, extracts and shows the device code in a file, of any vendor.

Options, names of extracted files and the form of the lists follow NVIDIA's tool, so that scripts can read them:
`-lelf` prints lines like `ELF file    1: app.1.sm_80.cubin`, `-xelf all` writes those files. Code of other vendors is in the same
lists with suffixes of its own (`app.2.gfx1100.hsaco`, `app.3.x86-64-v3.so`), portable IR is listed with PTX.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from crosswarp.driver.binaries import disassembly, elf_tables, resources
from crosswarp.driver.binaries.contents import images_in
from crosswarp.driver.binaries.image import Image, Kind
from crosswarp.driver.binaries.tool import Tool
from crosswarp.driver.input_files import reading
from crosswarp.driver.option_table import Form, Option, Support
from crosswarp.driver.options import Parsed
from crosswarp.support.files import write_atomically

F, L, V, DONE = Form.FLAG, Form.LIST, Form.VALUE, Support.DONE
_OPTIONS = (
    Option("all-fatbin", "all", F, DONE, "relocatable device code too, where there is linked device code"),
    Option("dump-elf", "elf", F, DONE, "sections and symbols of machine code"),
    Option("dump-elf-symbols", "symbols", F, DONE, "symbols of machine code"),
    Option("dump-ptx", "ptx", F, DONE, "text of PTX and portable IR"),
    Option("dump-sass", "sass", F, DONE, "machine code as text (NVIDIA's: by an nvdisasm on PATH)"),
    Option("dump-resource-usage", "res-usage", F, DONE, "registers, shared memory and stack of kernels"),
    Option("list-elf", "lelf", F, DONE, "list machine code by the names that -xelf gives it"),
    Option("list-ptx", "lptx", F, DONE, "list PTX and portable IR by the names that -xptx gives it"),
    Option("list-text", "ltext", F, DONE, "list functions of machine code by the names that -xtext gives their files"),
    Option("extract-elf", "xelf", L, DONE, "write machine code whose name contains one of these words, or all"),
    Option("extract-ptx", "xptx", L, DONE, "write PTX and portable IR whose name contains one of these words, or all"),
    Option("extract-text", "xtext", L, DONE, "write the code of functions whose file's name contains one of these words, or all"),
    Option("function", "fun", L, DONE, "only these functions"),
    Option("function-index", "findex", V, Support.REFUSED, "name the function with -fun"),
    Option("gpu-architecture", "arch", V, DONE, "only images for this architecture"),
    Option("sort-functions", "sort", F, DONE, "functions by name"),
)
_NO_CODE = 255


def run(parsed: Parsed, files: list[str]) -> int:
    """Do what is asked for every file. Returns 0, or 255 as NVIDIA's tool does where a file has no device code."""
    return max(_one(parsed, Path(name)) for name in files)


def _one(parsed: Parsed, path: Path) -> int:
    images = images_in(path)
    if not images:
        print(f"cuobjdump info    : File '{path}' does not contain device code", file=sys.stderr)
        return _NO_CODE
    if not parsed.has("all-fatbin") and not all(image.relocatable for image in images):
        images = [image for image in images if not image.relocatable]
    wanted = parsed.last("gpu-architecture")
    named = [(name, image) for name, image in file_names(path, images) if wanted in ("", image.arch)]
    extracting = [option for option in ("extract-elf", "extract-ptx", "extract-text") if parsed.has(option)]
    listing = [option for option in ("list-elf", "list-ptx", "list-text") if parsed.has(option)]
    with reading(path):
        for option in extracting or listing:
            if option.endswith("text"):
                _list_functions([image for _, image in named], parsed.all(option), bool(extracting))
                continue
            chosen = [(name, image) for name, image in named if image.kind.is_elf == option.endswith("elf")]
            _list(path, chosen, parsed.all(option), bool(extracting))
        if not extracting and not listing:
            _dump(parsed, named)
    return 0


def file_names(path: Path, images: Iterable[Image]) -> Iterator[tuple[str, Image]]:
    """A file name for every image: the input's, a number among its like, the architecture, the suffix."""
    counts = {True: 0, False: 0}
    for image in images:
        counts[image.kind.is_elf] += 1
        number = f"{counts[image.kind.is_elf]}." if image.producer else ""  # an image that is a file of its own has none
        yield f"{path.stem}.{number}{image.arch}.{image.kind.suffix}", image


def _list(path: Path, named: list[tuple[str, Image]], words: list[str], extract: bool) -> None:
    """List images, or write those whose names contain one of the words."""
    member = ""
    for index, (name, image) in enumerate(named, 1):
        if extract and not any(word == "all" or word in name for word in words):
            continue
        if image.member != member:
            member = image.member
            print(f"\nmember {path}:{member}:")
        kind = "ELF" if image.kind.is_elf else "PTX" if image.kind is Kind.PTX else "IR "
        print(f"{'Extracting ' if extract else ''}{kind} file {index:4}: {name}")
        if extract:
            write_atomically(Path(name), image.data if image.kind.is_elf else image.data.rstrip(b"\0"))


def _list_functions(images: list[Image], words: list[str], extract: bool) -> None:
    """List the functions of machine code as files, or write those whose file names contain one of the words."""
    index = 0
    for image in images:
        for function, code in elf_tables.functions_of(image.data) if image.kind.is_elf else ():
            index += 1
            name = f"x-{function.name}.{image.arch}.elf.bin"
            if not extract or any(word == "all" or word in name for word in words):
                print(f"{'Extracting ' if extract else ''}SASS text section {index} : {name}")
                if extract:
                    write_atomically(Path(name), code)


def _dump(parsed: Parsed, named: list[tuple[str, Image]]) -> None:
    for _, image in named:
        print("\n".join(_heading(image)))
        if image.kind.is_elf:
            _dump_elf(parsed, image)
        elif parsed.has("dump-ptx") and image.kind is not Kind.LTO_IR:
            print(f"\n{image.text}")


def _heading(image: Image) -> list[str]:
    title = "elf" if image.kind.is_elf else "ptx" if image.kind is Kind.PTX else "ir"
    lines = ["", f"Fatbin {title} code:", "================", f"arch = {image.arch}"]
    lines += [f"code version = [{image.version[0]},{image.version[1]}]"] if any(image.version) else []
    lines += [f"producer = {image.producer}"] if image.producer else []
    lines += ["host = linux", "compile_size = 64bit"]
    return lines + (["compressed"] if image.packed else [])


def _dump_elf(parsed: Parsed, image: Image) -> None:
    if parsed.has("dump-elf"):
        print("\nSections:", *elf_tables.section_lines(image.data), sep="\n")
    if parsed.has("dump-elf") or parsed.has("dump-elf-symbols"):
        print("\nsymbols:", *elf_tables.symbol_lines(image.data), sep="\n")
    if parsed.has("dump-sass"):
        _dump_code(parsed, image)
    if parsed.has("dump-resource-usage"):
        _dump_resources(parsed, image)


def _chosen(parsed: Parsed, name: str) -> bool:
    return not parsed.has("function") or name in parsed.all("function")


def _dump_code(parsed: Parsed, image: Image) -> None:
    print(f"\n\tcode for {image.arch}")
    functions = disassembly.disassemble(image)
    for name, lines in sorted(functions) if parsed.has("sort-functions") else functions:
        if _chosen(parsed, name):
            print(f"\t\tFunction : {name}", *(f"        {line}" for line in lines), "", sep="\n")


def _dump_resources(parsed: Parsed, image: Image) -> None:
    usage = resources.usage_of(image)
    print("\nResource usage:" if usage is not None else f"\nResource usage: not stated by {image.kind.title}")
    for each in usage or ():
        if _chosen(parsed, each.name):
            print(f" Function {each.name}:\n  {each.text}")


main = Tool("cuobjdump", "Shows the device code in programs, libraries, objects and fat binaries", _OPTIONS, run).main
