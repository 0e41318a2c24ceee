"""`mma.m8n8k4` of f16: four products, each held by a quad pair, lanes 4 q ... 4 q + 3 and those 16 further on.

Source: PTX ISA 8.8, "Matrix Fragments for mma.m8n8k4 with .f16 floating point type". The four elements of a lane, with
u = lane % 4 and h = 4 in the upper lanes:

    A by rows       row u + h, columns 0 ... 3         by columns     rows h ... h + 3, column u
    B by rows       row u, columns h ... h + 3         by columns     rows 0 ... 3, column u + h
    C of f16        row u + h, columns 0 ... 7
    C of f32        row lane % 2 + (i & 2) + h, column (i & 4) + (lane & 2) + (i & 1) of element i
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.ptx.matrix.elements import Accumulator, adding, decoded
from crosswarp.ir.ptx.matrix.outline import called
from crosswarp.ir.values import Value

_DEPTH = 4


@dataclass(frozen=True)
class QuadPairProduct:
    """Layouts of A and B, `row` or `col`, and the kinds of D and C: f32 where either is."""

    layouts: tuple[str, str]
    kind: str
    given: str

    def called(self, e: Emitter, name: str, *fragments: Sequence[Value]) -> tuple[Value, ...]:
        """The registers of D, by a function of this name."""
        return called(e, name, self.emit, *fragments)

    def emit(self, e: Emitter, a: Sequence[Value], b: Sequence[Value], c: Sequence[Value]) -> list[Value]:
        """The registers of D."""
        held, add = Accumulator(self.kind), adding(())
        sums = held.opened(e, c) if self.given == self.kind else self._moved(e, c)
        rows: dict[int, list[Value]] = {}
        columns: dict[int, list[Value]] = {}
        for i, total in enumerate(sums):
            row, column = (i & 2, i & 5) if self.kind == "f32" else (0, i)
            if row not in rows:
                rows[row] = self._line(e, a, self._row(e, row), self.layouts[0] == "row")
            if column not in columns:
                columns[column] = self._line(e, b, self._column(e, column), self.layouts[1] == "col")
            for left, right in zip(rows[row], columns[column], strict=True):
                total = add(e, left, right, total)  # noqa: PLW2901
            sums[i] = total
        return held.closed(e, sums)

    def _moved(self, e: Emitter, c: Sequence[Value]) -> list[Value]:
        """C of f16 as D of f32 is held: a row's elements lie in one lane, a lane's in two columns of two."""
        lane, found = warp.lane(e), list[Value]()
        first, right = e.op("and", lane, ~2 & 31), e.compare("ne", e.op("and", lane, 2), 0)
        for i in range(8):
            pair = c[(i & 4) // 2 : (i & 4) // 2 + 2]
            low, high = (warp.from_lane(e, register, e.op("add", first, i & 2)) for register in pair)
            found.append(decoded(e, "f16", e.builder.select(right, high, low))[i & 1])
        return found

    def _row(self, e: Emitter, first: int) -> Value:
        lane = warp.lane(e)
        own = e.op("and", lane, 1 if self.kind == "f32" else 3)
        upper = e.op("lshr", e.op("and", lane, 16), 2)
        return e.op("add", e.op("add", own, upper), first)

    def _column(self, e: Emitter, first: int) -> Value:
        lane = warp.lane(e)
        return e.op("add", e.op("and", lane, 2 if self.kind == "f32" else 0), first)

    def _line(self, e: Emitter, registers: Sequence[Value], number: Value, whole: bool) -> list[Value]:
        """The four elements of this row of A (column of B): all in one lane, or each in a lane of its own."""
        pair = e.op("and", warp.lane(e), 12)
        half = e.op("shl", e.op("and", number, 4), 2)
        inside = e.op("and", number, 3)
        if whole:
            source = e.op("add", pair, e.op("add", half, inside))
            return [x for register in registers for x in decoded(e, "f16", warp.from_lane(e, register, source))]
        found = []
        for k in range(_DEPTH):
            source = e.op("add", e.op("add", pair, half), k)
            low, high = (warp.from_lane(e, register, source) for register in registers)
            chosen = e.builder.select(e.compare("ult", inside, 2), low, high)
            found.append(decoded(e, "f16", e.op("lshr", chosen, e.op("shl", e.op("and", inside, 1), 4)))[0])
        return found
