"""Reads the metadata note of an AMD code object: MessagePack in an ELF note of type 32 (LLVM, "Code Object V3 Metadata")."""

from __future__ import annotations

import struct
from typing import Any

from crosswarp.support.elf import ElfError, section_bytes

_NT_AMDGPU_METADATA = 32
_NOTE = struct.Struct("<III")


def read_metadata(code_object: bytes) -> dict[str, Any]:
    """The note's map: `amdhsa.kernels`, `amdhsa.target`, `amdhsa.version`. Raises `ElfError` where there is none."""
    data = section_bytes(code_object, ".note")
    if len(data) >= _NOTE.size:
        name_size, size, kind = _NOTE.unpack_from(data)
        if kind == _NT_AMDGPU_METADATA:
            found = _Reader(data[_NOTE.size + (name_size + 3) // 4 * 4 :][:size]).value()
            if isinstance(found, dict):
                return found
    raise ElfError("no metadata note")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        self.at += count
        if self.at > len(self.data):
            raise ElfError("damaged metadata note")
        return self.data[self.at - count : self.at]

    def number(self, count: int, signed: bool = False) -> int:
        return int.from_bytes(self.take(count), "big", signed=signed)

    def value(self) -> Any:
        tag = self.number(1)
        if tag < 0x80 or tag >= 0xE0:
            return tag if tag < 0x80 else tag - 0x100
        if tag < 0x90 or tag in (0xDE, 0xDF):
            count = tag & 15 if tag < 0x90 else self.number(2 << (tag - 0xDE))
            return {self._key(): self.value() for _ in range(count)}
        if tag < 0xA0 or tag in (0xDC, 0xDD):
            return [self.value() for _ in range(tag & 15 if tag < 0xA0 else self.number(2 << (tag - 0xDC)))]
        if tag < 0xC0 or 0xD9 <= tag <= 0xDB:
            return self.take(tag & 31 if tag < 0xC0 else self.number(1 << (tag - 0xD9))).decode(errors="replace")
        if tag in (0xC2, 0xC3):
            return tag == 0xC3
        if 0xCC <= tag <= 0xD3:
            return self.number(1 << (tag & 3), tag >= 0xD0)
        raise ElfError(f"damaged metadata note: unexpected MessagePack tag {tag:#x}")

    def _key(self) -> str:
        return str(self.value())
