"""D = A B + C where half of A is zero and left out: `mma.sp`. Exact: each element is multiplied with the row of B that it names.

A lane holds what is left of A as it would hold a matrix of half the depth. Metadata says in vectors of two bits where that stood.
Sources: PTX ISA 8.8, "Sparse matrix storage"; which lane's register holds which vectors stands there in figures, and in the order
that CUTLASS's `reorder_meta` makes. With g = lane / 4, the lanes 4 g + selector x n ... are n that hold the vectors of rows g and
g + 8:

    16 and 32 bits (f16 bf16 tf32)    lane j: vectors 8 j ... 8 j + 7, of row g in the low half, of row g + 8 in the high one
    8 and 4 bits                      lane j: vectors 16 (j / 2) ... of row g + 8 (j % 2)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.ptx.matrix.elements import Accumulator, adding
from crosswarp.ir.ptx.matrix.layout import ELEMENTS, Shape
from crosswarp.ir.ptx.matrix.product import gathered
from crosswarp.ir.values import Value

_HALVES = ("f16", "bf16", "tf32")
_FOURS = ("s4", "u4")


@dataclass(frozen=True)
class Sparsity:
    """Where elements of A stood; `depth` is that of the whole product."""

    kind: str
    depth: int

    @property
    def vectors(self) -> int:
        """Vectors of two bits for a row."""
        return self.depth // 4 if self.kind in _FOURS else self.depth // 2 * (2 if self.kind == "tf32" else 1)

    @property
    def lanes(self) -> int:
        """Lanes of four that hold metadata."""
        return self.vectors * 2 // 16

    def place(self, row: int, vector: int) -> tuple[int, int]:
        """Which of these lanes holds a vector of the lower (0) or upper (1) row, and its first bit there."""
        if self.kind in _HALVES:
            return vector // 8, 16 * row + vector % 8 * 2
        return vector // 16 * 2 + row, vector % 16 * 2

    def vector(self, element: int) -> int:
        """The vector that says where an element stood, counted from those that are left; of tf32 only its high bit counts."""
        return {"tf32": element * 2, "s4": element // 2, "u4": element // 2}.get(self.kind, element)

    def choices(self, element: int) -> list[int]:
        """The places where an element may have stood, by the value of its vector."""
        if self.kind == "tf32":
            return [2 * element + value // 2 for value in range(4)]
        if self.kind in _FOURS:
            return [element // 4 * 8 + 2 * value + element % 2 for value in range(4)]
        return [element // 2 * 4 + value for value in range(4)]


@dataclass(frozen=True)
class SparseProduct:
    """One form: `shape` is that of the whole product, `selector` says which lanes hold metadata."""

    shape: Shape
    other: str
    sums: Accumulator
    modifiers: tuple[str, ...]
    selector: int

    @cached_property
    def _left(self) -> Shape:
        m, n, k = self.shape.sides
        return Shape(f"m{m}n{n}k{k // 2}", self.shape.kind)

    @cached_property
    def _sparsity(self) -> Sparsity:
        return Sparsity(self.shape.kind, self.shape.sides[2])

    def emit(self, e: Emitter, a: Sequence[Value], b: Sequence[Value], c: Sequence[Value],
             metadata: Sequence[Value]) -> list[Value]:  # fmt: skip
        """The registers of D."""
        lane = warp.lane(e)
        first = e.op("and", lane, ~3 & 31)
        rows = gathered(e, a, self.shape.kind, first, 4)
        columns = gathered(e, b, self.other, e.op("shl", e.op("and", lane, 3), 3), 8)
        held = self._held(e, first, metadata[0])
        add, sums = adding(self.modifiers), self.sums.opened(e, c)
        for row in range(2):
            for element in range(self.shape.sides[2] // 2):
                register, thread, part = self._at(element)
                left = rows[self._left.of_a(row, register)][thread][part]
                where, bit = self._sparsity.place(row, self._sparsity.vector(element))
                high, low = (_bit(e, held[where], bit + n) for n in (1, 0))
                for side in range(2):
                    choices = [self._of_b(columns, side, at) for at in self._sparsity.choices(element)]
                    sums[2 * row + side] = add(e, left, _chosen(e, high, low, choices), sums[2 * row + side])
        return self.sums.closed(e, sums)

    def _held(self, e: Emitter, first: Value, metadata: Value) -> list[Value]:
        count = self._sparsity.lanes
        return [warp.from_lane(e, metadata, e.op("add", first, self.selector * count + j)) for j in range(count)]

    def _at(self, element: int) -> tuple[int, int, int]:
        """The register of a lane, the lane of four and the place in the register of the inner dimension's element."""
        width = ELEMENTS[self.shape.kind]
        return element // (4 * width), element // width % 4, element % width

    def _of_b(self, columns: list[list[list[Value]]], side: int, row: int) -> Value:
        register, thread, part = self._at(row)
        return columns[register][4 * side + thread][part]


def _bit(e: Emitter, word: Value, number: int) -> Value:
    return e.compare("ne", e.op("and", word, 1 << number), 0)


def _chosen(e: Emitter, high: Value, low: Value, choices: Sequence[Value]) -> Value:
    """The choice whose number has these bits."""
    if choices[0] is choices[1]:
        return e.builder.select(high, choices[2], choices[0])
    lower, upper = (e.builder.select(low, choices[n + 1], choices[n]) for n in (0, 2))
    return e.builder.select(high, upper, lower)
