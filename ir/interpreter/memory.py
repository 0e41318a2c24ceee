"""Memory as separate allocations. A generic address is (number of the allocation) * 2^32 + 2^16 + offset, so that an access
outside an allocation hits nothing. Shared memory is a window of its own with small addresses in address space 3.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from crosswarp.ir.interpreter.errors import NotInterpreted, OutOfBounds
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.semantics import floats
from crosswarp.ir.semantics.poison import POISON
from crosswarp.ir.types import ArrayType, FloatType, IntType, NamedType, PointerType, StructType, Type, VectorType, struct_of

SHARED_WINDOW = 1
SHARED_BASE = SHARED_WINDOW << 32
FRONT = 1 << 16
"""Free addresses in front of each allocation, so that an access just before it is not taken for another's."""


class Buffer:
    """Host-made global memory, handed to kernels as a pointer and read after the launch."""

    def __init__(self, data: bytes | bytearray | int) -> None:
        """Bytes to start with, or a size in bytes (zeroed)."""
        self.data = bytearray(data)

    @staticmethod
    def of(code: str, values: Iterable[float]) -> Buffer:
        """Values packed by a `struct` code: `Buffer.of("f", [1.0, 2.0])`."""
        items = list(values)
        return Buffer(struct.pack(f"<{len(items)}{code}", *items))

    def values(self, code: str) -> list[Any]:
        """The contents unpacked by a `struct` code."""
        return list(struct.unpack(f"<{len(self.data) // struct.calcsize('<' + code)}{code}", self.data))


@dataclass(eq=False)
class Allocation:
    """One piece of memory. `defined` has a byte for each byte of `data`: 1 where something was written."""

    base: int
    data: bytearray
    defined: bytearray
    name: str
    space: str
    writable: bool = True


@dataclass
class Memory:
    """All allocations but shared memory, by their number."""

    table: dict[int, Allocation] = field(default_factory=dict)
    following: int = SHARED_WINDOW + 1

    def allocate(self, size: int, name: str, space: str, *, data: bytearray | None = None, zeroed: bool = False) -> Allocation:
        """New memory; uninitialised unless `data` is given (and shared with the caller) or `zeroed`."""
        defined = bytearray(b"\1") * size if data is not None or zeroed else bytearray(size)
        made = Allocation((self.following << 32) + FRONT, data if data is not None else bytearray(size), defined, name, space)
        self.table[self.following] = made
        self.following += 1
        return made

    def release(self, allocation: Allocation) -> None:
        """Give memory back; later accesses are errors."""
        del self.table[allocation.base >> 32]


def check(found: Allocation | None, address: int, size: int) -> tuple[Allocation, int]:
    """The allocation and the offset, if `size` bytes at `address` lie inside it."""
    if found is None:
        hint = " (null pointer)" if address < 1 << 32 else ""
        raise OutOfBounds(f"access of {size} bytes at 0x{address:x}, where nothing is{hint}")
    offset = address - found.base
    if offset + size > len(found.data) or offset < 0:
        raise OutOfBounds(f"access of {size} bytes at offset {offset} of {found.space} memory '{found.name}' "
                          f"of {len(found.data)} bytes")
    return found, offset


@dataclass(frozen=True)
class Codec:
    """How values of a type lie in memory."""

    size: int
    read: Callable[[Allocation, int], Any]
    write: Callable[[Allocation, int, Any], None]


class Codecs:
    """Codecs by type, for one data layout."""

    def __init__(self, layout: DataLayout) -> None:
        self.layout = layout
        self._made: dict[Type, Codec] = {}

    def of(self, type: Type) -> Codec:
        """The codec of a type."""
        found = self._made.get(type)
        if found is None:
            found = self._made[type] = self._make(type)
        return found

    def _make(self, type: Type) -> Codec:
        if isinstance(type, IntType | PointerType):
            return _integer(self.layout.bits(type))
        if isinstance(type, FloatType):
            return _floating(type.kind)
        if isinstance(type, ArrayType | VectorType):
            part = self.of(type.element)
            if isinstance(type, VectorType) and self.layout.bits(type.element) % 8:
                raise NotInterpreted(f"memory of type {type}")
            return _compound([(part, n * part.size) for n in range(type.count)], self.layout.store_size(type))
        if isinstance(type, StructType | NamedType):
            fields = zip(struct_of(type).fields, self.layout.offsets(type), strict=True)
            return _compound([(self.of(f), offset) for f, offset in fields], self.layout.size(type))
        raise NotInterpreted(f"memory of type {type}")


def _leaf(size: int, decode: Callable[[bytearray], Any], encode: Callable[[Any], bytes]) -> Codec:
    ones, zeros = b"\1" * size, bytes(size)

    def read(memory: Allocation, offset: int) -> Any:
        end = offset + size
        if not memory.defined.count(1, offset, end):
            return POISON
        return decode(memory.data[offset:end])

    def write(memory: Allocation, offset: int, value: Any) -> None:
        if value is POISON:
            memory.defined[offset : offset + size] = zeros
        else:
            memory.data[offset : offset + size] = encode(value)
            memory.defined[offset : offset + size] = ones

    return Codec(size, read, write)


def _integer(bits: int) -> Codec:
    size, mask = (bits + 7) // 8, (1 << bits) - 1
    return _leaf(size, lambda raw: int.from_bytes(raw, "little") & mask, lambda value: value.to_bytes(size, "little"))


def _floating(kind: str) -> Codec:
    if kind not in floats.FORMATS:
        raise NotInterpreted(f"type {kind}")
    size = floats.FORMATS[kind].bits // 8
    return _leaf(size, lambda raw: floats.from_bits(int.from_bytes(raw, "little"), kind),
                 lambda value: floats.to_bits(value, kind).to_bytes(size, "little"))


def _compound(parts: list[tuple[Codec, int]], size: int) -> Codec:
    def read(memory: Allocation, offset: int) -> Any:
        return tuple([codec.read(memory, offset + at) for codec, at in parts])

    def write(memory: Allocation, offset: int, value: Any) -> None:
        if value is POISON:
            value = (POISON,) * len(parts)
        for (codec, at), element in zip(parts, value, strict=True):
            codec.write(memory, offset + at, element)

    return Codec(size, read, write)
