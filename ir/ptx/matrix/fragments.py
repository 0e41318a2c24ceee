"""Fragments from memory and to it: `wmma.load` and `wmma.store`. `layout.py` says which elements a lane holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.ptx.matrix.layout import ELEMENTS, Shape
from crosswarp.ir.types import DOUBLE, FLOAT, I8, I32, I64, IntType, Type
from crosswarp.ir.values import Value

_BITS = {"f16": 16, "bf16": 16, "tf32": 32, "f32": 32, "s32": 32, "f64": 64, "s8": 8, "u8": 8, "s4": 4, "u4": 4, "b1": 1}
_REGISTERS: dict[str, Type] = {"f32": FLOAT, "f64": DOUBLE}


@dataclass(frozen=True)
class Fragment:
    """One of the matrices `a b c` of a shape, whose elements in memory are of `kind`, by rows or by columns."""

    shape: Shape
    matrix: str
    kind: str
    by_rows: bool

    @property
    def in_register(self) -> int:
        """Elements of a register."""
        return ELEMENTS[self.kind] if self.matrix != "c" else 2 if self.kind == "f16" else 1

    @property
    def pitch(self) -> int:
        """Elements from one row (column) to the next where nothing else is said."""
        m, n, k = self.shape.sides
        height, width = {"a": (m, k), "b": (k, n), "c": (m, n)}[self.matrix]
        return width if self.by_rows else height

    @property
    def is_contiguous(self) -> bool:
        """Whether the elements of a register are neighbours in memory."""
        return self.in_register == 1 or self.by_rows == (self.matrix != "b")

    @property
    def _unit(self) -> Type:
        return IntType(_BITS[self.kind]) if not self.is_contiguous or self.in_register == 1 else I32

    def firsts(self) -> list[tuple[int, int]]:
        """Row and column, counted from the lane's own, of the first element of each register."""
        shape, inner = self.shape, 4 * self.in_register
        if self.matrix == "a":
            return [(8 * row, inner * depth) for depth in range(shape.depth) for row in range(shape.rows)]
        if self.matrix == "b":
            return [(inner * depth, 8 * column) for column in range(shape.columns) for depth in range(shape.depth)]
        beside = range(0, 2, self.in_register)
        return [(8 * row, 8 * column + e) for column in range(shape.columns) for row in range(shape.rows) for e in beside]

    def load(self, e: Emitter, pointer: Value, pitch: Value) -> list[Value]:
        """The registers."""
        kind = _REGISTERS.get(self.kind, I32)
        found = []
        for places in self._pointers(e, pointer, pitch):
            parts = [e.builder.load(self._unit, place) for place in places]
            whole: Value = parts[0]
            for n, part in enumerate(parts[1:], 1):
                moved = e.op("shl", e.resize(part, 32), n * 32 // len(parts))
                whole = e.op("or", e.resize(whole, 32), moved)
            found.append(e.builder.cast("bitcast", whole, kind))
        return found

    def store(self, e: Emitter, pointer: Value, pitch: Value, registers: Sequence[Value]) -> None:
        """The registers to memory."""
        for places, register in zip(self._pointers(e, pointer, pitch), registers, strict=True):
            value = e.builder.cast("bitcast", register, IntType(64 if self.kind == "f64" else 32))
            for n, place in enumerate(places):
                moved = e.op("lshr", value, n * 32 // len(places)) if n else value
                unit = self._unit
                assert isinstance(unit, IntType)
                e.builder.store(e.resize(moved, unit.bits), place)

    def _pointers(self, e: Emitter, pointer: Value, pitch: Value) -> list[list[Value]]:
        """For each register where its elements are, or only the first if they are neighbours."""
        group, thread = self._own(e)
        own = (thread, group) if self.matrix == "b" else (group, thread)
        step = (1, 0) if self.matrix == "b" else (0, 1)
        count = 1 if self.is_contiguous else self.in_register
        return [[self._pointer(e, pointer, pitch, own, (row + n * step[0], column + n * step[1])) for n in range(count)]
                for row, column in self.firsts()]

    def _own(self, e: Emitter) -> tuple[Value, Value]:
        """The lane's row and column in a unit of A or C; of B the other way round."""
        lane = warp.lane(e)
        beside = 2 if self.matrix == "c" else self.in_register
        return e.op("lshr", lane, 2), e.op("mul", e.op("and", lane, 3), beside)

    def _pointer(self, e: Emitter, pointer: Value, pitch: Value, own: tuple[Value, Value], first: tuple[int, int]) -> Value:
        row, column = (e.resize(e.op("add", at, more), 64) for at, more in zip(own, first, strict=True))
        outer, inner = (row, column) if self.by_rows else (column, row)
        elements = e.op("add", e.op("mul", outer, e.resize(pitch, 64)), inner)
        bits = e.op("mul", elements, ConstantInt(I64, _BITS[self.kind]))
        return e.builder.gep(I8, pointer, [e.op("lshr", bits, 3)], flags=())
