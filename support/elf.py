"""The little of ELF that compiling needs: sections, undefined symbols, and putting a fat binary in an object.

Reading a few tables by hand costs a millisecond; pyelftools, which `crosswarp inspect` uses, takes longer to load than a kernel to
compile.

The host pass compiles while the device code does, with an empty fat binary; the real one is put in its place afterwards. In a
relocatable object no section has an address, so a section may simply be moved to the end of the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

FATBIN_SECTION = ".nv_fatbin"
RELOCATABLE_SECTION = "__nv_relfatbin"

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
SYMBOL = struct.Struct("<IBBHQQ")
SYMTAB, _NOBITS, _UNDEFINED = 2, 8, 0
SYMBOL_BYTES = SYMBOL.size
_MOST_ALIGNMENT = 1 << 24
AR_MAGIC, _AR_HEADER = b"!<arch>\n", 60


class ElfError(ValueError):
    """Bytes that are not a 64-bit little-endian ELF file, or a section that is not there."""


@dataclass(frozen=True)
class Section:
    """A section header. `at` is where the header itself lies in the file; offset, size, alignment and address in bytes."""

    index: int
    at: int
    name: str
    kind: int
    offset: int
    size: int
    link: int
    alignment: int
    address: int = 0


def undefined_symbols(data: bytes) -> set[str]:
    """Names that an object file needs from elsewhere. Raises `ElfError`."""
    table = sections(data)
    found: set[str] = set()
    for section in table:
        if section.kind == SYMTAB:
            names = table[section.link].offset
            for at in range(section.offset, section.offset + section.size, SYMBOL.size):
                name, _, _, index, _, _ = SYMBOL.unpack_from(data, at)
                if index == _UNDEFINED and name:
                    found.add(name_at(data, names + name))
    return found


def with_shorter_symbols(data: bytes, prefix: str, suffix: str) -> bytes:
    """An object whose symbols `prefix`NAME`suffix` lose the suffix; one without a NAME keeps it. Raises `ElfError`."""
    out = bytearray(data)
    table = sections(data)
    for section in table:
        if section.kind == SYMTAB:
            names = table[section.link].offset
            for at in range(section.offset, section.offset + section.size, SYMBOL.size):
                place = names + SYMBOL.unpack_from(data, at)[0]
                name = name_at(data, place)
                if name.startswith(prefix) and name.endswith(suffix) and len(name) > len(prefix) + len(suffix):
                    end = place + len(name.encode())
                    out[end - len(suffix) : end] = bytes(len(suffix))
    return bytes(out)


def is_elf(data: bytes) -> bool:
    """Whether these are the bytes of a 64-bit little-endian ELF file."""
    return data[:6] == b"\x7fELF\x02\x01"


def sections(data: bytes) -> list[Section]:
    """Every section of an ELF file. Raises `ElfError`."""
    if len(data) < _HEADER.size or not is_elf(data):
        raise ElfError("not a 64-bit little-endian ELF file")
    header = _HEADER.unpack_from(data)
    table, entry_size, count, names_index = header[6], header[11], header[12], header[13]
    if not table or entry_size != _SECTION.size or table + count * entry_size > len(data):
        raise ElfError("no section table")
    raw = [_SECTION.unpack_from(data, table + index * entry_size) for index in range(count)]
    if any(each[1] != _NOBITS and each[4] + each[5] > len(data) for each in raw) or names_index >= count:
        raise ElfError("damaged ELF file: a section lies outside")
    if any(each[8] & (each[8] - 1) or each[8] > _MOST_ALIGNMENT for each in raw):
        raise ElfError("damaged ELF file: a section's alignment")
    names = raw[names_index][4]
    return [Section(index, table + index * entry_size, name_at(data, names + name), kind, offset, size, link, alignment, address)
            for index, (name, kind, _, address, offset, size, link, _, alignment, _) in enumerate(raw)]


def name_at(data: bytes, at: int) -> str:
    """The name that begins at a byte of a string table and ends with NUL."""
    return data[at : max(data.find(b"\0", at), at)].decode(errors="replace")


def section_bytes(data: bytes, name: str) -> bytes:
    """The content of the sections called `name`, one after the other; empty where there is none."""
    return b"".join(data[s.offset : s.offset + s.size] for s in sections(data) if s.name == name and s.kind != _NOBITS)


def replace_section(data: bytes, name: str, content: bytes) -> bytes:
    """An object with another content in section `name`; the sizes of symbols in it follow. Raises `ElfError`.

    An object without that section stays as it is: clang makes none where there is nothing to register.
    """
    table = sections(data)
    found = [section for section in table if section.name == name]
    if not found:
        return data
    if len(found) > 1:
        raise ElfError(f"{len(found)} sections are called {name}")
    section = found[0]
    out = bytearray(data)
    out += bytes(-len(out) % max(section.alignment, 16))
    struct.pack_into("<QQ", out, section.at + 24, len(out), len(content))
    for at in _symbols_of(data, table, section.index):
        struct.pack_into("<Q", out, at + 16, len(content))
    return bytes(out + content)


def compacted(data: bytes) -> bytes:
    """A relocatable object without the bytes that belong to no section. Raises `ElfError`."""
    out = bytearray(data[: _HEADER.size])
    table = sections(data)
    headers = {each.index: bytearray(data[each.at : each.at + _SECTION.size]) for each in table}
    for each in sorted(table, key=lambda section: section.offset):
        if each.index and each.kind != _NOBITS:
            out += bytes(-len(out) % max(each.alignment, 1))
            struct.pack_into("<Q", headers[each.index], 24, len(out))
            out += data[each.offset : each.offset + each.size]
    out += bytes(-len(out) % 8)
    struct.pack_into("<Q", out, 40, len(out))  # where the section table is
    return bytes(out) + b"".join(headers.values())


def _symbols_of(data: bytes, table: list[Section], index: int) -> Iterator[int]:
    """File offsets of the sized symbols in section `index`."""
    for section in table:
        if section.kind != SYMTAB:
            continue
        for at in range(section.offset, section.offset + section.size, SYMBOL.size):
            symbol = SYMBOL.unpack_from(data, at)
            if symbol[3] == index and symbol[5]:
                yield at


def objects_in(data: bytes) -> Iterator[bytes]:
    """The ELF files in an object or a static library; nothing for other files. Raises `ElfError`."""
    if data.startswith(b"\x7fELF"):
        yield data
    elif data.startswith(AR_MAGIC):
        yield from (content for _, content in members(data) if content.startswith(b"\x7fELF"))


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and contents of a static library's members, its own tables left out. Raises `ElfError`."""
    at, long_names = len(AR_MAGIC), b""
    while at + _AR_HEADER <= len(data):
        name, digits = data[at : at + 16].rstrip(), data[at + 48 : at + 58].strip()
        content = data[at + _AR_HEADER : at + _AR_HEADER + int(digits)] if digits.isdigit() else b""
        if not digits.isdigit() or len(content) != int(digits):
            raise ElfError(f"damaged static library: its member at byte {at} is cut off")
        at += _AR_HEADER + len(content) + len(content) % 2
        if name == b"//":
            long_names = content
        elif name not in (b"/", b"/SYM64/"):
            yield _member_name(name, long_names), content


def _member_name(name: bytes, long_names: bytes) -> str:
    if name[:1] == b"/" and name[1:].isdigit():
        name = long_names[int(name[1:]) :].partition(b"\n")[0]
    return name.removesuffix(b"/").decode(errors="replace")
