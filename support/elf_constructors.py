"""When an object's constructors run: one of them is moved before all others of the program.

An object lists its constructors in `.init_array`; linkers put `.init_array.NNNNN` sections in front, by number.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from crosswarp.support.elf import SYMBOL, SYMBOL_BYTES, SYMTAB, Section, name_at, sections

_HEADER_BYTES = 64
_RELOCATION = struct.Struct("<QQq")


@dataclass(frozen=True)
class _Lists:
    """`.init_array`, its relocations, which of them stay, and the one that gets a section called `name`."""

    listed: Section
    relocations: Section
    others: list[tuple[int, int, int]]
    mine: tuple[int, int, int]
    name: str


def with_early_constructor(data: bytes, function: str, priority: int) -> bytes:
    """An object whose constructor `function` runs at `priority` (smaller runs earlier). Raises `ElfError`.

    An object that does not list the function stays as it is.
    """
    table = sections(data)
    named = {section.name: section for section in table}
    symbols = next((section for section in table if section.kind == SYMTAB), None)
    listed, relocations = named.get(".init_array"), named.get(".rela.init_array")
    if symbols is None or listed is None or relocations is None:
        return data
    entries = [_RELOCATION.unpack_from(data, at)
               for at in range(relocations.offset, relocations.offset + relocations.size, _RELOCATION.size)]
    place = _place_of(data, symbols, table[symbols.link].offset, function)
    mine = [entry for entry in entries if _target(data, symbols, entry) == place]
    if len(mine) != 1 or listed.size != 8 * len(entries):
        return data
    others = [(8 * index, info, addend) for index, (_, info, addend) in enumerate(entry for entry in entries if entry != mine[0])]
    return _split(data, table, _Lists(listed, relocations, others, (0, *mine[0][1:]), f".init_array.{priority:05}"))


def _place_of(data: bytes, symbols: Section, names: int, function: str) -> tuple[int, int] | None:
    """Section and offset of a function."""
    for at in range(symbols.offset, symbols.offset + symbols.size, SYMBOL_BYTES):
        name, _, _, section, value, _ = SYMBOL.unpack_from(data, at)
        if name_at(data, names + name) == function:
            return section, value
    return None


def _target(data: bytes, symbols: Section, entry: tuple[int, int, int]) -> tuple[int, int]:
    _, _, _, section, value, _ = SYMBOL.unpack_from(data, symbols.offset + (entry[1] >> 32) * SYMBOL_BYTES)
    return section, value + entry[2]


def _split(data: bytes, table: list[Section], lists: _Lists) -> bytes:
    """The object with that one in sections of its own, at the end of the file before a new section table."""
    out, listed, relocations = bytearray(data), lists.listed, lists.relocations
    headers = [bytearray(data[section.at : section.at + _HEADER_BYTES]) for section in table]
    for index, entry in enumerate(lists.others):
        _RELOCATION.pack_into(out, relocations.offset + index * _RELOCATION.size, *entry)
    struct.pack_into("<Q", headers[listed.index], 32, 8 * len(lists.others))
    struct.pack_into("<Q", headers[relocations.index], 32, _RELOCATION.size * len(lists.others))
    strings = table[struct.unpack_from("<H", data, 62)[0]]
    texts = data[strings.offset : strings.offset + strings.size]
    _append(out, headers[strings.index], texts + f".rela{lists.name}\0".encode())
    array, rela = bytearray(headers[listed.index]), bytearray(headers[relocations.index])
    struct.pack_into("<I", rela, 0, len(texts))
    struct.pack_into("<I", array, 0, len(texts) + len(".rela"))
    _append(out, array, bytes(8))
    _append(out, rela, _RELOCATION.pack(*lists.mine))
    struct.pack_into("<I", rela, 44, len(table))  # sh_info: what is relocated
    out += bytes(-len(out) % 8)
    struct.pack_into("<Q", out, 40, len(out))
    struct.pack_into("<H", out, 60, len(table) + 2)
    return bytes(out) + b"".join(map(bytes, [*headers, array, rela]))


def _append(out: bytearray, header: bytearray, content: bytes) -> None:
    out += bytes(-len(out) % 8)
    struct.pack_into("<QQ", header, 24, len(out), len(content))
    out += content
