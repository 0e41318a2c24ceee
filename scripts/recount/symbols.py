"""The functions that a library exports for programs, from its ELF symbols."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from elftools.elf.elffile import ELFFile

_FUNCTION = {"runtime": re.compile(r"cuda[A-Z]\w*"), "driver": re.compile(r"cu[A-Z]\w*"), "nvrtc": re.compile(r"nvrtc[A-Z]\w*")}
_PER_THREAD = re.compile(r"_pt[ds][sz]$")
_VERSION = re.compile(r"_v\d+$")


def exported(library: Path, family: str) -> dict[str, list[str]]:
    """Name, as programs write it, to the symbols of its forms."""
    found = defaultdict(list)
    with library.open("rb") as file:
        for symbol in ELFFile(file).get_section_by_name(".dynsym").iter_symbols():
            is_here = symbol["st_shndx"] != "SHN_UNDEF" and symbol["st_info"]["type"] == "STT_FUNC"
            if is_here and _FUNCTION[family].fullmatch(symbol.name):
                found[plain(symbol.name)].append(symbol.name)
    return dict(found)


def plain(symbol: str) -> str:
    """Without what tells forms apart: the per-thread default stream's, and second versions."""
    return _VERSION.sub("", _PER_THREAD.sub("", symbol))
