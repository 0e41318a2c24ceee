"""Which lane reads what of the rows that `ldmatrix` names, for a layout that is wanted: without IR, found once for each pattern.

Lanes 8 i ... 8 i + 7 name the rows of matrix i, which is register i of the result. Source: PTX ISA 8.8, "ldmatrix".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.access import runs
from crosswarp.ir.tiles.forms import cost as exchange_cost
from crosswarp.ir.tiles.lanes import LaneMap, LaneMoves
from crosswarp.ir.tiles.layout import Layout, Place
from crosswarp.ir.tiles.operations import Matrix

ROW_BYTES = 16
_ROWS, _LANES = 8, 32


@dataclass(frozen=True)
class Read:
    """A run of a lane: its registers, the number of the `ldmatrix`, the lane that names the row, and where in it the run begins.

    `steps`: for each bit of the lane's number how many bytes further its row is than the one that this `ldmatrix` names: rows of
    others, `calls` in all.
    """

    registers: tuple[int, ...]
    call: int
    lanes: LaneMap
    columns: tuple[int, ...]
    first: int
    steps: tuple[int, ...] = ()
    calls: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Pattern:
    """A fragment in registers of `ldmatrix`: for each which of several calls, and which of its registers.

    `is_transposed`: a row in memory is a column of the 8 by 8 matrix. `words`: of an address. `distances`: in bytes, of each call's
    addresses from those of the first, in all lanes; empty where that is not known, or where memory is written between them.
    """

    matrix: Matrix
    registers: tuple[tuple[int, int], ...]
    is_transposed: bool
    words: int
    distances: tuple[int, ...] = ()

    @property
    def by_rows(self) -> bool:
        """Whether neighbours in memory are neighbours in a row of the fragment."""
        return (self.matrix.letter != "b") != self.is_transposed

    @property
    def in_row(self) -> int:
        """Elements of a row in memory."""
        return 4 * self.matrix.in_register

    def _where(self, place: Place) -> tuple[int, int, int]:
        """The call that reads an element, the lane that names its row, and its number in the row."""
        inner, outer = (place[1], place[0]) if self.by_rows else place
        position, row = inner % self.in_row, outer % _ROWS
        origin = (outer - row, inner - position) if self.by_rows else (inner - position, outer - row)
        call, number = self._matrices[origin]
        return call, _ROWS * number + row, position

    @cached_property
    def _matrices(self) -> dict[Place, tuple[int, int]]:
        layout, inside = self.matrix.layout, self.matrix.in_register
        return {layout.at(register=n * inside): register for n, register in enumerate(self.registers)}

    @cached_property
    def own_layout(self) -> Layout | None:
        """That in which each lane has the row that it names itself; None where some lanes name none, or it is not linear."""
        origins = {register: place for place, register in self._matrices.items()}
        if set(origins) != {(0, number) for number in range(_LANES // _ROWS)} or len(self.registers) != len(origins):
            return None
        first, second, third, fourth = (origins[0, number] for number in range(4))
        if any(first) or fourth != (second[0] ^ third[0], second[1] ^ third[1]):
            return None
        inner = [1 << bit for bit in range(self.in_row.bit_length() - 1)]
        registers, lanes = ([self._along(inward, x) for x in some] for inward, some in ((True, inner), (False, (1, 2, 4))))
        return Layout.of({"register": registers, "lane": [*lanes, second, third]}, **dict(self.matrix.layout.outputs))

    def _along(self, inward: bool, distance: int) -> Place:
        return (0, distance) if inward == self.by_rows else (distance, 0)

    def reads(self, layout: Layout) -> Sequence[Read] | None:
        """What each lane reads in a layout; None where lanes would need different instructions' rows, or it is not linear."""
        return _reads(self, layout)

    def reads_of(self, layout: Layout) -> tuple[Read, ...] | None:
        """The same, found anew."""
        found = []
        whole = runs(layout, self.by_rows, self.in_row)
        for first in whole.firsts:
            read = self._read(layout, first, tuple(whole.registers(first)))
            if read is None:
                return None
            found.append(read)
        return tuple(found)

    def _read(self, layout: Layout, first: int, registers: tuple[int, ...]) -> Read | None:
        places = [self._where(layout.at(register=first, lane=lane)) for lane in range(_LANES)]
        lanes = LaneMap(_columns([lane for _, lane, _ in places]), places[0][1])
        columns = _columns([position for *_, position in places])
        for n, (_, lane, position) in enumerate(places):
            if lane != lanes.source(n) or position != linear.applied(columns, n) ^ places[0][2]:
                return None
        calls = frozenset(call for call, *_ in places)
        steps = self._steps([call for call, *_ in places]) if len(calls) > 1 else ()
        return Read(registers, places[0][0], lanes, columns, places[0][2], steps, calls) if steps is not None else None

    def _steps(self, calls: Sequence[int]) -> tuple[int, ...] | None:
        """How many bytes the rows of each lane's call are further than those of the first lane's."""
        if not self.distances:
            return None
        table = [self.distances[call] - self.distances[calls[0]] for call in calls]
        steps = _columns(table)
        known = min(table) >= 0 and all(linear.applied(steps, lane) == bytes_ for lane, bytes_ in enumerate(table))
        return steps if known else None

    def cost(self, layout: Layout, moves: LaneMoves) -> int | None:
        """Moves and loads of `reads`; None where that does not go."""
        reads = self.reads(layout)
        if reads is None:
            return None
        named = {(read.call, read.lanes) for read in reads}
        return len(reads) + sum(moves.cost(lanes) * self.words for _, lanes in named)

    def exact_cost(self, moves: LaneMoves) -> int:
        """The same of the exact `ldmatrix`: for each of its matrices an address and a load, two where it transposes."""
        address = moves.cost(LaneMap((0, 0, 1, 2, 4))) * self.words
        return len(self.registers) * (1 + address) * (1 + self.is_transposed)


@lru_cache(maxsize=1024)
def _reads(pattern: Pattern, layout: Layout) -> tuple[Read, ...] | None:
    return pattern.reads_of(layout)


@lru_cache(maxsize=1024)
def cheapest(pattern: Pattern, layout: Layout, bits: int, moves: LaneMoves) -> tuple[int, Layout | None]:
    """What elements of `bits` bits cost that are wanted in a layout, and in which they are read; None: by the exact instruction."""
    ways: list[tuple[int, Layout | None]] = [(pattern.exact_cost(moves), None)]
    for read in (pattern.own_layout, layout):
        cost = pattern.cost(read, moves) if read is not None else None
        if cost is not None:
            ways.append((cost, read))
    best: tuple[int, Layout | None] | None = None
    for cost, read in reversed(ways):  # an exchange is planned only where it could pay
        if best is None or cost < best[0]:
            whole = cost + exchange_cost(read or pattern.matrix.layout, layout, bits, moves)
            best = (whole, read) if best is None or whole < best[0] else best
    assert best is not None
    return best


def _columns(table: Sequence[int]) -> tuple[int, ...]:
    return tuple(table[1 << bit] ^ table[0] for bit in range(len(table).bit_length() - 1))
