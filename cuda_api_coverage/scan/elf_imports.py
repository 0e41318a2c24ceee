"""What an ELF file asks of other libraries: the undefined symbols, and by their versions which library each is of.

Sizes and places in a damaged file may lie: every one is checked, and whatever is wrong is an `ElfError`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from crosswarp.support.elf import SYMBOL, SYMTAB, ElfError, Section, sections

_STRTAB, _DYNAMIC, _DYNSYM, _VERNEED, _VERSYM = 3, 6, 11, 0x6FFFFFFE, 0x6FFFFFFF
_RELOCATABLE, _EXECUTABLE, _SHARED = 1, 2, 3
_NEEDED, _SONAME = 1, 14
_DYNAMIC_ENTRY, _NEED, _NEED_AUXILIARY = struct.Struct("<qQ"), struct.Struct("<HHIII"), struct.Struct("<IHHII")
_LONGEST_NAME = 4096
_LOCAL = 0


@dataclass(frozen=True)
class Imports:
    """`undefined`: symbol to the library that its version names, empty where it names none. `defined` are the symbols that the file
    has itself, local ones too where it is not stripped; `exported` those that other files see. `sections` are names.
    """

    needed: tuple[str, ...]
    soname: str
    undefined: dict[str, str]
    defined: frozenset[str]
    exported: frozenset[str]
    sections: frozenset[str]
    linked: bool


def read_imports(data: bytes) -> Imports:
    """The imports of a 64-bit little-endian program, shared library or object. Raises `ElfError`."""
    try:
        return _read(data)
    except (struct.error, IndexError, OverflowError) as error:
        raise ElfError(f"damaged ELF file: {error}") from error


def _read(data: bytes) -> Imports:
    table = sections(data)
    kind = struct.unpack_from("<H", data, 16)[0]
    linked = kind in (_EXECUTABLE, _SHARED)
    symbols = {section.kind: list(_symbols(data, section, table)) for section in table if section.kind in (SYMTAB, _DYNSYM)}
    versions = _versions(data, table)
    own = symbols.get(_DYNSYM if linked else SYMTAB, [])
    undefined = {name: versions.get(number, "") for name, number, section, _ in own if not section}
    dynamic = list(_dynamic(data, table))
    return Imports(
        tuple(value for tag, value in dynamic if tag == _NEEDED),
        next((value for tag, value in dynamic if tag == _SONAME), ""),
        undefined,
        frozenset(name for found in symbols.values() for name, _, section, _ in found if section),
        frozenset(name for name, _, section, bind in symbols.get(_DYNSYM, []) if section and bind != _LOCAL),
        frozenset(section.name for section in table),
        linked,
    )


def _symbols(data: bytes, section: Section, table: list[Section]) -> Iterator[tuple[str, int, int, int]]:
    """Name, number, section's index and binding of each named symbol."""
    names = _strings(data, section, table)
    end = section.offset + section.size - section.size % SYMBOL.size
    for number, (name, info, _, index, _, _) in enumerate(SYMBOL.iter_unpack(data[section.offset : end])):
        if name:
            yield _name(names, name), number, index, info >> 4


def _strings(data: bytes, section: Section, table: list[Section]) -> bytes:
    """The string table that a section's names are in."""
    if section.link >= len(table) or table[section.link].kind != _STRTAB:
        raise ElfError(f"damaged ELF file: the names of section {section.name}")
    link = table[section.link]
    return data[link.offset : link.offset + link.size]


def _name(names: bytes, at: int) -> str:
    end = names.find(b"\0", at, at + _LONGEST_NAME)
    if end < 0 and len(names) - at <= _LONGEST_NAME:
        raise ElfError("damaged ELF file: a name has no end")
    return names[at : end if end >= 0 else at + _LONGEST_NAME].decode(errors="backslashreplace")


def _dynamic(data: bytes, table: list[Section]) -> Iterator[tuple[int, str]]:
    """The tags of the dynamic section that are names: libraries needed, the file's own name."""
    for section in table:
        if section.kind == _DYNAMIC:
            names = _strings(data, section, table)
            end = section.offset + section.size - section.size % _DYNAMIC_ENTRY.size
            for tag, value in _DYNAMIC_ENTRY.iter_unpack(data[section.offset : end]):
                if tag in (_NEEDED, _SONAME):
                    yield tag, _name(names, value)


def _versions(data: bytes, table: list[Section]) -> dict[int, str]:
    """Number of a dynamic symbol to the library whose version it wants."""
    libraries = {index: library for section in table if section.kind == _VERNEED for index, library in _needs(data, section, table)}
    numbers = next((data[each.offset : each.offset + each.size] for each in table if each.kind == _VERSYM), b"")
    indices = struct.unpack(f"<{len(numbers) // 2}H", numbers[: len(numbers) // 2 * 2])
    return {number: libraries[index & 0x7FFF] for number, index in enumerate(indices) if index & 0x7FFF in libraries}


def _needs(data: bytes, section: Section, table: list[Section]) -> Iterator[tuple[int, str]]:
    """Index of a version to the library that has it. Both lists are chains of distances: a distance of 0 ends them."""
    names, at, end = _strings(data, section, table), section.offset, section.offset + section.size
    while at + _NEED.size <= end:
        _, count, library, first, following = _NEED.unpack_from(data, at)
        auxiliary = at + first
        for _ in range(count):
            _, _, index, _, distance = _NEED_AUXILIARY.unpack_from(data, auxiliary)
            yield index & 0x7FFF, _name(names, library)
            auxiliary += distance
            if not distance or auxiliary + _NEED_AUXILIARY.size > end:
                break
        if not following:
            return
        at += following
