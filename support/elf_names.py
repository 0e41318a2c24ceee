"""Names in a relocatable object, changed to others of any length."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from crosswarp.support.elf import SYMBOL_BYTES, SYMTAB, compacted, replace_section, sections

_STRTAB = 3


def with_names(data: bytes, old: bytes, new: bytes) -> bytes:
    """An object in which every name that ends in `old` ends in `new`. Raises `ElfError`.

    Its section names and its symbols' names are expected in one string table, as clang writes them. The table is written anew, in
    the order in which the names are used: LLVM sorts it by the old ones.
    """
    table = next(section for section in sections(data) if section.kind == _STRTAB)
    content, offsets, fields = b"\0", {b"": 0}, dict[int, int]()
    for at in _name_fields(data, table.index):
        start = table.offset + struct.unpack_from("<I", data, at)[0]
        name = data[start : data.index(b"\0", start)]
        name = name.removesuffix(old) + new if name.endswith(old) else name
        if name not in offsets:
            offsets[name] = len(content)
            content += name + b"\0"
        fields[at] = offsets[name]
    out = bytearray(replace_section(data, table.name, content))
    for at, offset in fields.items():
        struct.pack_into("<I", out, at, offset)
    return compacted(bytes(out))


def _name_fields(data: bytes, table: int) -> Iterator[int]:
    """File offsets of everything that points into string table `table`: section headers, and the symbols that use it."""
    for section in sections(data):
        yield section.at
        if section.kind == SYMTAB and section.link == table:
            yield from range(section.offset, section.offset + section.size, SYMBOL_BYTES)
