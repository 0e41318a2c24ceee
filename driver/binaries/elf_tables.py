"""The sections and symbols of an image's ELF file, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crosswarp.support.elf import SYMBOL, SYMTAB, Section, name_at, sections

_TYPES = ("NOTYPE", "OBJECT", "FUNC", "SECTION", "FILE", "COMMON", "TLS")
_BINDS = ("LOCAL", "GLOBAL", "WEAK")
_VISIBILITIES = ("DEFAULT", "INTERNAL", "HIDDEN", "PROTECTED")
_SECTION_KINDS = {1: "PROGBITS", 2: "SYMTAB", 3: "STRTAB", 4: "RELA", 5: "HASH", 6: "DYNAMIC", 7: "NOTE", 8: "NOBITS", 9: "REL",
                  11: "DYNSYM", 0x6FFFFFF6: "GNU_HASH"}
_DYNAMIC_SYMBOLS = 11


class Symbol(NamedTuple):
    """A symbol; `section` is the index of its section, `value` and `size` in bytes."""

    name: str
    kind: str
    bind: str
    visibility: str
    section: int
    value: int
    size: int


def section_lines(data: bytes) -> list[str]:
    """The table of sections. Raises `ElfError`."""
    lines = ["Index  Offset    Size  Align  Type       Name"]
    return lines + [f"{each.index:5} {each.offset:7x} {each.size:7x} {each.alignment:6x}  "
                    f"{_SECTION_KINDS.get(each.kind, f'{each.kind:#x}'):<10} {each.name}" for each in sections(data)[1:]]


def symbols(data: bytes) -> list[Symbol]:
    """The named symbols of the symbol table, or of the dynamic one where there is no other. Raises `ElfError`."""
    return [each for each in symbols_by_index(data).values() if each.name]


def symbols_by_index(data: bytes) -> dict[int, Symbol]:
    """The same table, by the symbols' numbers. Raises `ElfError`."""
    table = sections(data)
    for kind in (SYMTAB, _DYNAMIC_SYMBOLS):
        for section in table:
            if section.kind == kind and section.size > SYMBOL.size:
                return dict(enumerate(_symbols(data, section, table)))
    return {}


def _symbols(data: bytes, section: Section, table: list[Section]) -> Iterator[Symbol]:
    names = table[section.link].offset if section.link < len(table) else 0
    end = section.offset + section.size - section.size % SYMBOL.size
    for name, info, other, index, value, size in SYMBOL.iter_unpack(data[section.offset : end]):
        yield Symbol(name_at(data, names + name), _word(_TYPES, info & 15), _word(_BINDS, info >> 4), _VISIBILITIES[other & 3],
                     index, value, size)


def _word(words: tuple[str, ...], index: int) -> str:
    return words[index] if index < len(words) else f"{index:#x}"


def symbol_lines(data: bytes) -> list[str]:
    """The symbols but sections and files, a line each. Raises `ElfError`."""
    return [f"{each.kind:<8} {each.bind:<7} {each.visibility:<9} {each.name}" for each in symbols(data)
            if each.kind not in ("SECTION", "FILE")]


def functions_of(data: bytes) -> list[tuple[Symbol, bytes]]:
    """Each function and its code, by address. Raises `ElfError`."""
    table = sections(data)
    found = [each for each in symbols(data) if each.kind == "FUNC" and 0 < each.section < len(table)]
    pieces = {each.name: (each, _code(data, table[each.section], each)) for each in found}
    return sorted(pieces.values(), key=lambda piece: piece[0].value)


def _code(data: bytes, section: Section, symbol: Symbol) -> bytes:
    start = section.offset + symbol.value - section.address
    return data[start : min(start + symbol.size, section.offset + section.size)]
