"""The containers that device code is found in: Crosswarp's fat binary, NVIDIA's, and clang's offload bundle (HIP).

A section may hold several, one after the other, with zeros between them. Where a container begins matters to the program that
registers it, so each is told with its place.

NVIDIA's layout is known from public projects that load such files (ZLUDA, tinygrad) and from looking at nvcc's outputs:
    u32 0xBA55ED50, u16 1, u16 header bytes, u64 bytes of all entries; entries, one after the other:
    u16 kind (1 PTX, 2 ELF, 8 LTO IR), u16, u32 header bytes, u64 bytes, u32 bytes if compressed, u32, u16 minor, u16 major,
    u32 architecture, u64, u64 flags (0x2000 LZ4, 0x8000 Zstandard, 0x100000 architecture `a`, 0x200000 `f`), u64, u64 full size
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crosswarp.driver.binaries.image import ContentError, Image, Kind
from crosswarp.runtime_shim.fatbin.writer import MAGIC, FatBinary, FatBinaryError, total_size
from crosswarp.targets.base import ImageKind

NVIDIA_MAGIC = struct.pack("<I", 0xBA55ED50)
BUNDLE_MAGIC, COMPRESSED_BUNDLE_MAGIC = b"__CLANG_OFFLOAD_BUNDLE__", b"CCOB"
_NVIDIA_HEADER, _NVIDIA_ENTRY = struct.Struct("<IHHQ"), struct.Struct("<HHIQIIHHIQQQQ")
_NVIDIA_KINDS = {1: Kind.PTX, 2: Kind.CUBIN, 8: Kind.LTO_IR}
_LZ4, _ZSTD, _SUFFIX_A, _SUFFIX_F = 0x2000, 0x8000, 0x100000, 0x200000
_BUNDLE_ENTRY = struct.Struct("<QQQ")
_BUNDLE_ALIGNMENT = 4096


@dataclass(frozen=True)
class Container:
    """One container: where it begins, its length in bytes, its images, and how it is built again from some, given by number."""

    offset: int
    size: int
    images: tuple[Image, ...]
    rebuild: Callable[[list[int]], bytes]

    def kept(self, wanted: Callable[[Image], bool]) -> bytes:
        """The container with only the images that are `wanted`."""
        return self.rebuild([index for index, image in enumerate(self.images) if wanted(image)])


def is_container(data: bytes) -> bool:
    """Whether a file begins as one of the containers does."""
    return data.startswith((MAGIC, NVIDIA_MAGIC, BUNDLE_MAGIC, COMPRESSED_BUNDLE_MAGIC))


def containers(data: bytes) -> Iterator[Container]:
    """Every container of a file or section. Raises `ContentError`."""
    at = 0
    while (at := _next(data, at)) < len(data):
        if data.startswith(MAGIC, at):
            found = _crosswarp(data, at)
        elif data.startswith(NVIDIA_MAGIC, at):
            found = _nvidia(data, at)
        elif data.startswith(BUNDLE_MAGIC, at):
            found = _bundle(data, at)
        elif data.startswith(COMPRESSED_BUNDLE_MAGIC, at):
            raise ContentError("a compressed offload bundle: compile with --no-offload-compress")
        else:
            raise ContentError(f"not a fat binary, or a damaged one (byte {at})")
        yield found
        at = found.offset + found.size


def _next(data: bytes, at: int) -> int:
    """Where the next byte that is not zero lies."""
    return len(data) - len(data[at:].lstrip(b"\0"))


def _crosswarp(data: bytes, at: int) -> Container:
    try:
        size = total_size(data[at:])
        entries = FatBinary.read(data[at : at + size]).entries
    except FatBinaryError as error:
        raise ContentError(str(error)) from error
    images = tuple(Image(Kind[ImageKind(entry.kind).name], entry.arch, entry.data, len(entry.data), producer="crosswarp",
                         packed=entry.compress) for entry in entries)
    return Container(at, size, images, lambda kept: FatBinary([entries[index] for index in kept]).to_bytes())


def _nvidia(data: bytes, start: int) -> Container:
    if start + _NVIDIA_HEADER.size > len(data):
        raise ContentError("NVIDIA's fat binary is cut off")
    magic, version, header, size = _NVIDIA_HEADER.unpack_from(data, start)
    at, end = start + header, start + header + size
    if version != 1 or header < _NVIDIA_HEADER.size or end > len(data):
        raise ContentError("NVIDIA's fat binary is damaged or cut off")
    found: list[tuple[Image, bytes]] = []
    while at < end:
        image, length = _nvidia_image(data, at, end)
        found.append((image, data[at : at + length]))
        at += length

    def rebuild(kept: list[int]) -> bytes:
        content = b"".join(found[index][1] for index in kept)
        return _NVIDIA_HEADER.pack(magic, version, _NVIDIA_HEADER.size, len(content)) + content

    return Container(start, header + size, tuple(image for image, _ in found), rebuild)


def _nvidia_image(data: bytes, at: int, end: int) -> tuple[Image, int]:
    """The image of an entry and the entry's length."""
    if at + _NVIDIA_ENTRY.size > end:
        raise ContentError("an entry of NVIDIA's fat binary is cut off")
    kind, _, header, size, packed, _, minor, major, arch, _, flags, _, full = _NVIDIA_ENTRY.unpack_from(data, at)
    compression = "lz4" if flags & _LZ4 else "zstd" if flags & _ZSTD else ""
    if kind not in _NVIDIA_KINDS or _NVIDIA_KINDS[kind] is Kind.LTO_IR:
        compression = ""  # its form is private: it is handed on as it is
    length = packed if compression else size
    if header < _NVIDIA_ENTRY.size or kind not in _NVIDIA_KINDS or length > size or at + header + size > end:
        raise ContentError("an entry of NVIDIA's fat binary is damaged")
    suffix = "a" if flags & _SUFFIX_A else "f" if flags & _SUFFIX_F else ""
    stored = data[at + header : at + header + length]
    image = Image(_NVIDIA_KINDS[kind], f"sm_{arch}{suffix}", stored, full if compression else size, compression, producer="cuda",
                  version=(major, minor), packed=bool(compression))
    return image, header + size


def _bundle(data: bytes, start: int) -> Container:
    """A bundle: a table of (offset, size, length of the name, name), then the images; the first is the host's, which is empty."""
    at = start + len(BUNDLE_MAGIC) + 8
    end, rows = at, list[tuple[bytes, bytes]]()
    for _ in range(int.from_bytes(data[at - 8 : at], "little")):
        if at + _BUNDLE_ENTRY.size > len(data):
            raise ContentError("an offload bundle is cut off")
        offset, size, length = _BUNDLE_ENTRY.unpack_from(data, at)
        name = data[at + _BUNDLE_ENTRY.size : at + _BUNDLE_ENTRY.size + length]
        at += _BUNDLE_ENTRY.size + length
        end = max(end, at, start + offset + size)
        if end > len(data):
            raise ContentError("an offload bundle is cut off")
        rows.append((name, data[start + offset : start + offset + size]))
    hosts, devices = ([row for row in rows if row[0].startswith(b"host") == host] for host in (True, False))
    images = tuple(Image(Kind.AMDGPU, _bundled_arch(name), content, len(content), producer="hip") for name, content in devices)
    return Container(start, end - start, images, lambda kept: _bundle_bytes([*hosts, *(devices[index] for index in kept)]))


def _bundled_arch(name: bytes) -> str:
    """`gfx90a` of `hipv4-amdgcn-amd-amdhsa--gfx90a:xnack+`."""
    return name.decode(errors="replace").rpartition("--")[2].partition(":")[0]


def _bundle_bytes(rows: list[tuple[bytes, bytes]]) -> bytes:
    at = len(BUNDLE_MAGIC) + 8 + sum(_BUNDLE_ENTRY.size + len(name) for name, _ in rows)
    head, body = BUNDLE_MAGIC + len(rows).to_bytes(8, "little"), b""
    for name, content in rows:
        body += bytes(-(at + len(body)) % _BUNDLE_ALIGNMENT) if content else b""
        head += _BUNDLE_ENTRY.pack(at + len(body), len(content), len(name)) + name
        body += content
    return head + body
