"""Sizes, alignments and field offsets in bytes, by LLVM's data layout string (LLVM Language Reference, "Data Layout")."""

from __future__ import annotations

from collections.abc import Sequence

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.types import (
    ArrayType,
    FloatType,
    FunctionType,
    IntType,
    NamedType,
    PointerType,
    StructType,
    TargetType,
    Type,
    VectorType,
    struct_of,
)
from crosswarp.ir.values import Value

_DEFAULT_INTEGERS = {1: 8, 8: 8, 16: 16, 32: 32, 64: 64}
_DEFAULT_FLOATS = {16: 16, 32: 32, 64: 64, 80: 128, 128: 128}
_DEFAULT_VECTORS = {64: 64, 128: 128}


class DataLayout:
    """The layout that `string` describes. Alignments are ABI alignments."""

    def __init__(self, string: str) -> None:
        self.string = string
        self._integers = dict(_DEFAULT_INTEGERS)
        self._floats = dict(_DEFAULT_FLOATS)
        self._vectors = dict(_DEFAULT_VECTORS)
        self._pointers: dict[int, tuple[int, int]] = {0: (64, 64)}
        self.alloca_space = 0
        for part in string.split("-"):
            if part:
                self._read(part)
        self._sizes: dict[Type, int] = {}

    def _read(self, part: str) -> None:
        fields = part.split(":")
        kind, rest = fields[0][:1], fields[0][1:]
        if kind == "p":
            space = "".join(c for c in rest if c.isdigit())
            self._pointers[int(space or 0)] = (int(fields[1]), int(fields[2]))
        elif kind == "i" and rest.isdigit():
            self._integers[int(rest)] = int(fields[1])
        elif kind == "f" and rest.isdigit():
            self._floats[int(rest)] = int(fields[1])
        elif kind == "v" and rest.isdigit():
            self._vectors[int(rest)] = int(fields[1])
        elif kind == "A" and rest.isdigit():
            self.alloca_space = int(rest)

    def pointer_bits(self, space: int = 0) -> int:
        """Size of a pointer to `space`, in bits."""
        return self._pointers.get(space, self._pointers[0])[0]

    def bits(self, type: Type) -> int:
        """Bits a value of the type carries (`i1`: 1, `<3 x i8>`: 24), without padding at its end."""
        if isinstance(type, IntType | FloatType):
            return type.bits
        if isinstance(type, PointerType):
            return self.pointer_bits(type.space)
        if isinstance(type, VectorType):
            return type.count * self.bits(type.element)
        return 8 * self.size(type)

    def store_size(self, type: Type) -> int:
        """Bytes that a store of the type may write."""
        return (self.bits(type) + 7) // 8

    def size(self, type: Type) -> int:
        """Bytes from one array element to the next."""
        found = self._sizes.get(type)
        if found is None:
            found = self._sizes[type] = self._size(type)
        return found

    def _size(self, type: Type) -> int:
        if isinstance(type, ArrayType):
            return type.count * self.size(type.element)
        if isinstance(type, StructType | NamedType):
            return self._place(struct_of(type))[1]
        if isinstance(type, FunctionType):
            raise TypeError(f"{type} has no size")
        if isinstance(type, TargetType):
            raise TypeError(f"the size of {type} is known only to its target")
        return _round_up(self.store_size(type), self.align(type))

    def align(self, type: Type) -> int:
        """ABI alignment in bytes."""
        if isinstance(type, IntType):
            return _table(self._integers, type.bits, largest=True)
        if isinstance(type, FloatType):
            return _table(self._floats, type.bits, largest=False)
        if isinstance(type, PointerType):
            return self._pointers.get(type.space, self._pointers[0])[1] // 8
        if isinstance(type, VectorType):
            bits = self.bits(type)
            return self._vectors[bits] // 8 if bits in self._vectors else _power_of_two((bits + 7) // 8)
        if isinstance(type, ArrayType):
            return self.align(type.element)
        body = struct_of(type)
        return 1 if body.packed else max((self.align(f) for f in body.fields), default=1)

    def offsets(self, type: Type) -> tuple[int, ...]:
        """Byte offset of each field of a struct."""
        return self._place(struct_of(type))[0]

    def _place(self, body: StructType) -> tuple[tuple[int, ...], int]:
        offsets, at = [], 0
        for field in body.fields:
            at = at if body.packed else _round_up(at, self.align(field))
            offsets.append(at)
            at += self.size(field)
        return tuple(offsets), _round_up(at, self.align(body))

    def gep_offset(self, source: Type, indices: Sequence[Value]) -> int | None:
        """Bytes that constant `indices` of a `getelementptr` advance; None when one is not constant."""
        if not all(isinstance(i, ConstantInt) for i in indices):
            return None
        steps = [i.value for i in indices if isinstance(i, ConstantInt)]
        offset = steps[0] * self.size(source)
        for step in steps[1:]:
            source, delta = self.step(source, step)
            offset += delta
        return offset

    def step(self, type: Type, index: int) -> tuple[Type, int]:
        """Type and byte offset of element `index` of an array, vector or struct."""
        if isinstance(type, ArrayType):
            return type.element, index * self.size(type.element)
        if isinstance(type, VectorType):
            return type.element, index * self.store_size(type.element)
        return struct_of(type).fields[index], self.offsets(type)[index]


def _table(table: dict[int, int], bits: int, largest: bool) -> int:
    """The alignment of the next wider entry, or of the widest (integers) or the natural one (floats)."""
    wider = [b for b in table if b >= bits]
    if wider:
        return table[min(wider)] // 8
    return table[max(table)] // 8 if largest else _power_of_two((bits + 7) // 8)


def _power_of_two(value: int) -> int:
    return 1 << max(value - 1, 0).bit_length()


def _round_up(value: int, unit: int) -> int:
    return -(-value // unit) * unit
