"""D = A B + C of fragments. Each form is a function of the module: the lanes gather rows of A and columns of B, and add products.

Products are exact. Sums begin with C and go through k in ascending order; each sum of floats is rounded once, to nearest even, in
f32 for f16 results, which are rounded at the end. (PTX leaves the order open, and how sums of less than f64 are rounded.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.ptx.matrix.elements import Accumulator, adding, decoded
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.ptx.matrix.outline import called
from crosswarp.ir.types import FloatType
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class Product:
    """One form: the kinds of A and B, how C and D are held, and the mnemonic's modifiers."""

    shape: Shape
    other: str
    given: Accumulator
    result: Accumulator
    modifiers: tuple[str, ...]

    def called(self, e: Emitter, name: str, *fragments: Sequence[Value]) -> tuple[Value, ...]:
        """The registers of D, by a function of this name."""
        return called(e, name, self.emit, *fragments)

    def emit(self, e: Emitter, a: Sequence[Value], b: Sequence[Value], c: Sequence[Value]) -> list[Value]:
        """The registers of D."""
        lane = warp.lane(e)
        rows = gathered(e, a, self.shape.kind, e.op("and", lane, ~3 & 31), 4)
        columns = gathered(e, b, self.other, e.op("shl", e.op("and", lane, 3), 3), 8)
        add, sums = adding(self.modifiers), self.given.opened(e, c)
        for row in range(self.shape.rows):
            for column in range(self.shape.columns):
                for side in range(2):
                    at = self.shape.of_c(row, column) + side
                    for depth in range(self.shape.depth):
                        left = rows[self.shape.of_a(row, depth)]
                        right = columns[self.shape.of_b(depth, column)][4 * side : 4 * side + 4]
                        sums[at] = _added(e, add, left, right, sums[at])
        return self.result.closed(e, sums)


def gathered(e: Emitter, registers: Sequence[Value], kind: str, first: Value, count: int) -> list[list[list[Value]]]:
    """For each register the elements that each of `count` lanes from `first` on holds."""
    lanes = [e.op("add", first, n) if n else first for n in range(count)]
    held = [floats.bits(e, value) if isinstance(value.type, FloatType) else value for value in registers]
    return [[decoded(e, kind, warp.from_lane(e, register, source)) for source in lanes] for register in held]


def _added(e: Emitter, add: Callable[..., Value], left: Sequence[Sequence[Value]], right: Sequence[Sequence[Value]],
           total: Value) -> Value:  # fmt: skip
    for row, column in zip(left, right, strict=True):
        for a, b in zip(row, column, strict=True):
            total = add(e, a, b, total)
    return total
