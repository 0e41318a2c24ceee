"""Reads the metadata note of an AMD code object: MessagePack in an ELF note of type 32 (LLVM, "Code Object V3 Metadata")."""

from __future__ import annotations

import io
import struct
from typing import Any

from elftools.elf.elffile import ELFFile

NT_AMDGPU_METADATA = 32


def read_metadata(code_object: bytes) -> dict[str, Any]:
    """The note's map: `amdhsa.kernels`, `amdhsa.target`, `amdhsa.version`."""
    for section in ELFFile(io.BytesIO(code_object)).iter_sections():
        if section["sh_type"] == "SHT_NOTE":
            data = section.data()
            name_size, size, kind = struct.unpack_from("<III", data)
            if kind == NT_AMDGPU_METADATA:
                return _Reader(data[12 + (name_size + 3) // 4 * 4 :][:size]).value()
    raise ValueError("no metadata note")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, count: int, signed: bool = False) -> int:
        return int.from_bytes(self.take(count), "big", signed=signed)

    def value(self) -> Any:
        tag = self.number(1)
        if tag < 0x80 or tag >= 0xE0:
            return tag if tag < 0x80 else tag - 0x100
        if tag < 0x90 or tag in (0xDE, 0xDF):
            count = tag & 15 if tag < 0x90 else self.number(2 << (tag - 0xDE))
            return {self.value(): self.value() for _ in range(count)}
        if tag < 0xA0 or tag in (0xDC, 0xDD):
            return [self.value() for _ in range(tag & 15 if tag < 0xA0 else self.number(2 << (tag - 0xDC)))]
        if tag < 0xC0 or 0xD9 <= tag <= 0xDB:
            return self.take(tag & 31 if tag < 0xC0 else self.number(1 << (tag - 0xD9))).decode()
        if tag in (0xC2, 0xC3):
            return tag == 0xC3
        if 0xCC <= tag <= 0xD3:
            return self.number(1 << (tag & 3), tag >= 0xD0)
        raise ValueError(f"unexpected MessagePack tag {tag:#x}")
