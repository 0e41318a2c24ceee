"""The device images inside a built program, by the file format of docs/contracts.md ("Fat binary").

An independent reader on purpose: it holds the writer to the documented bytes.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"CWFATBIN"
HEADER = struct.Struct("<8sIIQQ")
ENTRY = struct.Struct("<IIQQQ44sI")
CPU, AMDGPU, PTX, CUBIN, PORTABLE_IR = 1, 2, 3, 4, 5


@dataclass(frozen=True)
class Image:
    """One entry of a fat binary, decompressed."""

    kind: int
    arch: str
    data: bytes


def read_images(program: Path) -> list[Image]:
    """Every image of every fat binary in a file, in order."""
    content = program.read_bytes()
    images: list[Image] = []
    start = content.find(MAGIC)
    while start >= 0:
        _, version, count, total, _ = HEADER.unpack_from(content, start)
        if version == 1 and HEADER.size + count * ENTRY.size <= total <= len(content) - start:
            images += [_image(content, start, HEADER.size + index * ENTRY.size) for index in range(count)]
            start += total
        start = content.find(MAGIC, start + 1)
    return images


def _image(content: bytes, start: int, entry: int) -> Image:
    kind, compression, offset, size, full_size, arch, _ = ENTRY.unpack_from(content, start + entry)
    assert offset % 64 == 0, "images are 64-byte aligned"
    stored = content[start + offset : start + offset + size]
    data = zlib.decompress(stored) if compression == 1 else stored
    assert len(data) == full_size
    return Image(kind, arch.rstrip(b"\0").decode(), data)
