"""Writes and reads the fat binary, the container of one program's images for all its targets.

Why our own: NVIDIA's container holds only NVIDIA's images, clang's offload bundle names one vendor's runtime. The layout is in
docs/contracts.md; the C++ reader beside this file (`reader.cpp`) and this module must agree on every byte.

    image = FatBinary([Entry(kind=1, arch="x86-64-v3", data=shared_object)]).to_bytes()
    for entry in FatBinary.read(image).entries: ...
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

MAGIC = b"CWFATBIN"
VERSION = 1
ALIGNMENT = 64
ARCH_BYTES = 44
PTX_KIND = 3
FLAG_MANAGED = 1
# How the slot of each managed variable is called in every kind of image (crosswarp.ir.passes.managed_variables).
_MANAGED_SLOT = b"__cw_managed_"

_HEADER = struct.Struct("<8sIIQQ")
_ENTRY = struct.Struct("<IIQQQ44sI")
_KINDS = range(1, 6)
_STORED, _ZLIB = 0, 1


class FatBinaryError(ValueError):
    """Bytes that are not a fat binary of this version, or an entry that the format cannot hold."""


@dataclass(frozen=True)
class Entry:
    """One image. `kind` is the number that docs/contracts.md gives (an `ImageKind` will do); `data` is uncompressed.

    PTX gets its terminating NUL from the writer; `compress` stores the image with zlib where that is smaller. `cuda_arch` is what
    `__CUDA_ARCH__` was in its source, 0 where nobody knows.
    """

    kind: int
    arch: str
    data: bytes
    compress: bool = False
    cuda_arch: int = 0


@dataclass(frozen=True)
class FatBinary:
    """An ordered set of images. Readers try entries in order among equals."""

    entries: tuple[Entry, ...]

    def __init__(self, entries: list[Entry] | tuple[Entry, ...]) -> None:
        object.__setattr__(self, "entries", tuple(entries))

    def to_bytes(self) -> bytes:
        """The file's bytes. Raises `FatBinaryError` for an unknown kind or an architecture name that does not fit."""
        offset = _aligned(_HEADER.size + _ENTRY.size * len(self.entries))
        table, images = [], []
        for entry in self.entries:
            full = _terminated(entry)
            compression, stored = _pack(full, entry.compress)
            table.append(_ENTRY.pack(_kind(entry), compression, offset, len(stored), len(full), _arch(entry.arch),
                                     entry.cuda_arch))
            images.append((offset, stored))
            offset = _aligned(offset + len(stored))
        out = bytearray(offset)
        out[: _HEADER.size] = _HEADER.pack(MAGIC, VERSION, len(self.entries), offset, self._flags())
        out[_HEADER.size : _HEADER.size + _ENTRY.size * len(table)] = b"".join(table)
        for at, stored in images:
            out[at : at + len(stored)] = stored
        return bytes(out)

    def _flags(self) -> int:
        return FLAG_MANAGED if any(_MANAGED_SLOT in entry.data for entry in self.entries) else 0

    @classmethod
    def read(cls, data: bytes) -> FatBinary:
        """The first fat binary in `data`; its entries hold the decompressed images. Raises `FatBinaryError`."""
        total, count = _read_header(data)
        return cls([_read_entry(data[:total], _HEADER.size + _ENTRY.size * i) for i in range(count)])


def read(data: bytes) -> FatBinary:
    """The first fat binary in `data` (`FatBinary.read`)."""
    return FatBinary.read(data)


def total_size(data: bytes) -> int:
    """The length of the fat binary that `data` begins with. Raises `FatBinaryError`."""
    return _read_header(data)[0]


def read_all(data: bytes) -> list[FatBinary]:
    """Every fat binary of a section that concatenates several. Zero bytes between them are skipped."""
    found, at = [], 0
    while (at := data.find(MAGIC, at)) >= 0:
        found.append(FatBinary.read(data[at:]))
        at += _read_header(data[at:])[0]
    return found


def _aligned(offset: int) -> int:
    return (offset + ALIGNMENT - 1) // ALIGNMENT * ALIGNMENT


def _kind(entry: Entry) -> int:
    if entry.kind not in _KINDS:
        raise FatBinaryError(f"image kind {entry.kind} is not in the format (1 to {_KINDS[-1]})")
    return int(entry.kind)


def _arch(name: str) -> bytes:
    encoded = name.encode("ascii")
    if not encoded or len(encoded) >= ARCH_BYTES:
        raise FatBinaryError(f"architecture name '{name}' must have 1 to {ARCH_BYTES - 1} characters")
    return encoded


def _terminated(entry: Entry) -> bytes:
    if entry.kind == PTX_KIND and not entry.data.endswith(b"\0"):
        return entry.data + b"\0"
    return entry.data


def _pack(full: bytes, compress: bool) -> tuple[int, bytes]:
    if compress:
        packed = zlib.compress(full, 6)
        if len(packed) < len(full):
            return _ZLIB, packed
    return _STORED, full


def _read_header(data: bytes) -> tuple[int, int]:
    if len(data) < _HEADER.size:
        raise FatBinaryError("truncated fat binary: no header")
    magic, version, count, total, _flags = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise FatBinaryError("not a fat binary: wrong magic")
    if version != VERSION:
        raise FatBinaryError(f"fat binary version {version}, expected {VERSION}")
    if total > len(data) or _HEADER.size + _ENTRY.size * count > total:  # also keeps `read_all` going forwards
        raise FatBinaryError("truncated fat binary")
    return total, count


def _read_entry(data: bytes, at: int) -> Entry:
    kind, compression, offset, size, full_size, arch, cuda_arch = _ENTRY.unpack_from(data, at)
    if offset + size > len(data):
        raise FatBinaryError("truncated fat binary: an image lies outside")
    stored = data[offset : offset + size]
    if compression not in (_STORED, _ZLIB):
        raise FatBinaryError(f"unknown compression {compression}")
    if kind not in _KINDS:
        raise FatBinaryError(f"unknown image kind {kind}: made by a newer version of Crosswarp?")
    try:
        image = zlib.decompress(stored) if compression == _ZLIB else stored
        name = arch.rstrip(b"\0").decode("ascii")
    except (zlib.error, UnicodeDecodeError) as error:
        raise FatBinaryError(f"damaged fat binary: {error}") from error
    if len(image) != full_size:
        raise FatBinaryError("an image does not have the size that its entry states")
    return Entry(kind, name, image, compression == _ZLIB, cuda_arch)
