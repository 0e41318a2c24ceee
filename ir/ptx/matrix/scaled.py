"""D = (A x scales of A) (B x scales of B) + C: `mma` with `.block_scale`. Each scale is for a run of elements along k.

Source: PTX ISA 8.8, "Block Scaling for mma.sync". A scale is a byte of a register; of four lanes that have the same rows, and of
four that have the same column, the instruction names those whose register counts, and the lowest byte:

    scale of A    lane 4 g + 2 thread       row g            thread: 0 or 1
                  lane 4 g + 2 thread + 1   row g + 8
    scale of B    lane 4 n + thread         column n         thread: 0 to 3

Products and scales are exact in f64, where sums are made in the order of k; they are rounded to f32 once, at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.arithmetic import computed, widened
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.ptx.matrix.elements import element_of
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.ptx.matrix.product import gathered
from crosswarp.ir.ptx.narrowing import narrowed
from crosswarp.ir.types import DOUBLE, FLOAT, I64
from crosswarp.ir.values import Value

_BIASES = 1023 - 127
"""What the exponent of f64 is more than that of `ue8m0` for the same number."""
_NO_NUMBER = 0xFF
_NAN = 0x7FF8000000000000


@dataclass(frozen=True)
class ScaledProduct:
    """One form: `other` is the kind of B, `scale` that of the scales, `blocks` how many of them a row of A has."""

    shape: Shape
    other: str
    scale: str
    blocks: int

    def emit(self, e: Emitter, *given: Sequence[Value]) -> list[Value]:
        """The registers of D. Given are those of A, B and C, then for A and B: the one with scales, the lowest byte, the thread."""
        a, b, c, of_a, of_b = given
        lane = warp.lane(e)
        group, columns = e.op("and", lane, ~3 & 31), e.op("shl", e.op("and", lane, 3), 3)
        rows, beside = gathered(e, a, self.shape.kind, group, 4), gathered(e, b, self.other, columns, 8)
        left = [self._scales(e, of_a, e.op("add", group, e.op("shl", e.resize(of_a[2], 32), 1)), n) for n in range(2)]
        right = [self._scales(e, of_b, e.op("add", columns, e.resize(of_b[2], 32)), 4 * n) for n in range(2)]
        depths, sums = range(self.shape.depth), list[Value]()
        for row in range(2):
            for side in range(2):
                of_row = [rows[self.shape.of_a(row, depth)] for depth in depths]
                of_column = [beside[self.shape.of_b(depth, 0)][4 * side : 4 * side + 4] for depth in depths]
                scales = [computed(e, "mul", "rn", pair) for pair in zip(left[row], right[side], strict=True)]
                sums.append(self._sum(e, _flat(of_row), _flat(of_column), scales, c[self.shape.of_c(row, 0) + side]))
        return sums

    def _sum(self, e: Emitter, row: Sequence[Value], column: Sequence[Value], scales: Sequence[Value], total: Value) -> Value:
        total, each = widened(e, total), len(row) // self.blocks
        for n, (x, y) in enumerate(zip(row, column, strict=True)):
            product = computed(e, "mul", "rn", [widened(e, x), widened(e, y)])
            total = computed(e, "fma", "rn", [product, scales[n // each], total])
        return narrowed(e, total, FLOAT, "rn")

    def _scales(self, e: Emitter, given: Sequence[Value], lane: Value, more: int) -> list[Value]:
        """As f64, of each block, from the lane that is `more` behind."""
        register = warp.from_lane(e, given[0], e.op("add", lane, more) if more else lane)
        first = e.op("shl", e.resize(given[1], 32), 3)
        held = e.op("lshr", register, first)
        return [self._scale(e, e.op("and", e.op("lshr", held, 8 * n), 0xFF)) for n in range(self.blocks)]

    def _scale(self, e: Emitter, code: Value) -> Value:
        if self.scale == "ue4m3":
            return widened(e, element_of(e, "e4m3", e.op("and", code, 0x7F)))
        exponent = e.op("shl", e.op("add", e.resize(code, 64), _BIASES), 52)
        is_none = e.compare("eq", code, _NO_NUMBER)
        return e.builder.select(is_none, floats.from_bits(e, ConstantInt(I64, _NAN), DOUBLE), floats.from_bits(e, exponent, DOUBLE))


def _flat(elements: Sequence[Sequence[Sequence[Value]]]) -> list[Value]:
    return [element for unit in elements for lane in unit for element in lane]
