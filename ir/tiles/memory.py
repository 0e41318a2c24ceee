"""Fragments from memory and to it in any layout, by the widest accesses that the layout and the promised alignment allow.

Alignment: PTX ISA 8.8, "Matrix Storage for WMMA": each row (column) begins at a multiple of the size of the fragment in bytes. CUDA
Programming Guide, "Warp Matrix Functions": the pointer is a multiple of 32 bytes, the stride of half and float one of 16 bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.access import Runs, runs
from crosswarp.ir.tiles.lanes import mapped
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.native import ELEMENT_TYPES
from crosswarp.ir.tiles.vectors import joined, length, shuffled
from crosswarp.ir.tiles.words import element_bits
from crosswarp.ir.types import I8, IntType, Type, VectorType
from crosswarp.ir.values import Value

_WIDEST = 16


def row_alignment(layout: Layout, kind: str, parts: int = 1) -> int:
    """What the address of each row (column) is a multiple of, in bytes and at most 16; 1 for less than a byte.

    `parts`: the matrix is several of PTX, side by side.
    """
    if kind in ("f16", "f32"):
        return _WIDEST
    elements = layout.size("row") * layout.size("column")
    return max(min(elements * element_bits(ELEMENT_TYPES[kind]) // 8 // layout.size("lane") // parts, _WIDEST), 1)


def load(e: Emitter, pointer: Value, pitch: Value, by_rows: bool, layout: Layout, kind: str,  # noqa: PLR0917
         parts: int = 1) -> Value:
    """A lane's elements, in the order of `register`. `pitch`: elements, an integer, from one row (column) to the next.

    Every lane reads what it holds, also what others hold too. `parts`: matrices of PTX that lie side by side.
    """
    access = _Access(e, pointer, pitch, by_rows, layout, kind, parts)
    runs_read = [access.read(at) for at in access.places()]
    found = {layout.at(register=register): n for n, register in enumerate(access.registers)}
    order = [found[layout.at(register=register)] for register in range(layout.size("register"))]
    return shuffled(e, joined(e, runs_read), None, order)


def store(e: Emitter, pointer: Value, pitch: Value, by_rows: bool, layout: Layout, kind: str, value: Value) -> None:  # noqa: PLR0917
    """The same to memory; of several holders of an element one writes it.

    ValueError where elements of less than a byte are not neighbours: a byte cannot be written by several lanes.
    """
    access = _Access(e, pointer, pitch, by_rows, layout, kind)
    if access.is_of_bits:
        raise ValueError(f"elements of {kind} that share a byte are in different lanes")

    def write() -> None:
        for at in access.places():
            access.write(at, value)

    others = _lanes_of_copies(layout)
    if others:
        e.only_if(e.compare("eq", e.op("and", warp.lane(e), others), 0), write)
    else:
        write()


def _lanes_of_copies(layout: Layout) -> int:
    """Bits of a lane's number: lanes where one is set have nothing that lanes without do not have."""
    registers = [layout.packed(place) for place in layout.images("register")]
    columns = (*registers, *(layout.packed(place) for place in layout.images("lane")))
    return linear.Span(linear.kernel(columns)).pivots >> len(registers)


@dataclass(frozen=True)
class _At:
    """Where a run begins: its address, the first bit there (of less than a byte), and its registers."""

    address: Value
    bit: Value | None
    registers: tuple[int, ...]


class _Access:
    """The runs of a lane in memory."""

    def __init__(self, e: Emitter, pointer: Value, pitch: Value, by_rows: bool, layout: Layout, kind: str,  # noqa: PLR0917
                 parts: int = 1) -> None:
        self.e, self.pointer, self.by_rows, self.layout = e, pointer, by_rows, layout
        self.kind: Type = ELEMENT_TYPES[kind]
        self.bits = element_bits(self.kind)
        self.pitch = e.resize(pitch, 64)
        self.runs: Runs = runs(layout, by_rows, 8 * _WIDEST // self.bits)
        self.align = min(self.runs.length * self.bits // 8, row_alignment(layout, kind, parts))

    @property
    def is_of_bits(self) -> bool:
        """Whether a run is less than a byte."""
        return self.runs.length * self.bits < 8

    @property
    def registers(self) -> list[int]:
        """Of all runs, in their order."""
        return [register for first in self.runs.firsts for register in self.runs.registers(first)]

    def places(self) -> Iterator[_At]:
        """All runs: constants are added to the lane's own place as long as they have no bit in common."""
        e, lane = self.e, warp.lane(self.e)
        images = self.layout.images("lane")
        own = [mapped(e, lane, [place[n] for place in images]) for n in (0, 1)]
        taken = [_union(place[n] for place in images) for n in (0, 1)]
        begin = None
        for first in self.runs.firsts:
            place = self.layout.at(register=first)
            registers = tuple(self.runs.registers(first))
            if self.is_of_bits or any(x & y for x, y in zip(place, taken, strict=True)):
                yield self._at(self.pointer, [e.op("xor", at, x) if x else at for at, x in zip(own, place, strict=True)], registers)
                continue
            begin = begin or self._at(self.pointer, own, ())
            yield self._at(begin.address, [e.number(x, lane) for x in place], registers)

    def _at(self, pointer: Value, place: list[Value], registers: tuple[int, ...]) -> _At:
        e = self.e
        row, column = (e.resize(x, 64) for x in place)
        outer, inner = (row, column) if self.by_rows else (column, row)
        elements = e.op("add", e.op("mul", outer, self.pitch), inner)
        if self.bits >= 8:
            return _At(e.builder.gep(I8, pointer, [e.op("mul", elements, self.bits // 8)], flags=()), None, registers)
        address = e.builder.gep(I8, pointer, [e.op("lshr", elements, (8 // self.bits).bit_length() - 1)], flags=())
        bit = e.op("mul", e.op("and", e.resize(elements, 8), 8 // self.bits - 1), self.bits) if self.is_of_bits else None
        return _At(address, bit, registers)

    def read(self, at: _At) -> Value:
        """The elements of a run."""
        e, kind = self.e, VectorType(self.runs.length, self.kind)
        if self.bits >= 8:
            return e.builder.load(kind, at.address, align=self.align)
        whole: Value = e.builder.load(IntType(max(self.runs.length * self.bits, 8)), at.address, align=max(self.align, 1))
        if at.bit is not None:
            whole = e.resize(e.op("lshr", whole, at.bit), self.runs.length * self.bits)
        return e.builder.cast("bitcast", whole, kind)

    def write(self, at: _At, value: Value) -> None:
        """The elements of a run, out of a lane's part."""
        e = self.e
        part = shuffled(e, value, None, at.registers)
        if self.bits < 8:
            part = e.builder.cast("bitcast", part, IntType(length(part) * self.bits))
        e.builder.store(part, at.address, align=max(self.align, 1))


def _union(numbers: Iterator[int]) -> int:
    total = 0
    for number in numbers:
        total |= number
    return total
