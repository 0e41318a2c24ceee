"""Fragments that `ldmatrix` reads: rows of 16 bytes, straight from memory in the layout that is wanted.

Lanes 8 i ... 8 i + 7 name the rows of matrix i, which is register i of the result. Instead of an exchange behind the exact
`ldmatrix`, each lane gets the addresses of the rows that it wants something of, and reads as much of them at once as it wants.
Source: PTX ISA 8.8, "ldmatrix"; it asks that rows are multiples of 16 bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Indexed
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.access import Runs, runs
from crosswarp.ir.tiles.forms import cost as exchange_cost
from crosswarp.ir.tiles.lanes import LaneMap, LaneMoves, mapped
from crosswarp.ir.tiles.layout import Layout, Place
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.tiles.operations import Matrix
from crosswarp.ir.tiles.vectors import joined, shuffled
from crosswarp.ir.types import I8, I32, I64, PointerType, VectorType
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value

_ROW_BYTES, _ROWS, _LANES, _WORD = 16, 8, 32, 4


@dataclass(frozen=True)
class Read:
    """A run of a lane: its registers, the `ldmatrix` that names its row, the lane that does, and where in the row it begins."""

    registers: tuple[int, ...]
    call: Call
    lanes: LaneMap
    columns: tuple[int, ...]
    first: int


@dataclass(frozen=True)
class Rows:
    """A fragment whose registers are those of `ldmatrix`: for each the call and the number in it."""

    matrix: Matrix
    registers: tuple[tuple[Call, int], ...]

    @property
    def calls(self) -> list[Call]:
        """The instructions, once each."""
        return list(dict.fromkeys(call for call, _ in self.registers))

    @cached_property
    def is_transposed(self) -> bool:
        """`.trans`: a row in memory is a column of the 8 by 8 matrix."""
        return ".trans" in (self.calls[0].callee_name or "")

    @property
    def by_rows(self) -> bool:
        """Whether neighbours in memory are neighbours in a row of the fragment."""
        return (self.matrix.letter != "b") != self.is_transposed

    @property
    def _in_row(self) -> int:
        return 4 * self.matrix.in_register

    def _where(self, place: Place) -> tuple[Call, int, int]:
        """The call that reads an element, the lane that names its row, and its number in the row."""
        inner, outer = (place[1], place[0]) if self.by_rows else (place[0], place[1])
        position, row = inner % self._in_row, outer % _ROWS
        origin = (outer - row, inner - position) if self.by_rows else (inner - position, outer - row)
        call, number = self._matrices[origin]
        return call, _ROWS * number + row, position

    @cached_property
    def _matrices(self) -> dict[Place, tuple[Call, int]]:
        layout, inside = self.matrix.layout, self.matrix.in_register
        return {layout.at(register=n * inside): register for n, register in enumerate(self.registers)}

    @cached_property
    def own_layout(self) -> Layout | None:
        """That in which each lane has the row that it names itself; None where some lanes name none, or it is not linear."""
        origins = {register: place for place, register in self._matrices.items()}
        if len(self.calls) != 1 or len(origins) != _LANES // _ROWS:
            return None
        first, second, third, fourth = (origins.get((self.calls[0], n), (0, 0)) for n in range(4))
        if any(first) or fourth != (second[0] ^ third[0], second[1] ^ third[1]):
            return None
        inner = [1 << bit for bit in range(self._in_row.bit_length() - 1)]
        registers, lanes = ([self._along(inward, x) for x in some] for inward, some in ((True, inner), (False, (1, 2, 4))))
        return Layout.of({"register": registers, "lane": [*lanes, second, third]}, **dict(self.matrix.layout.outputs))

    def _along(self, inward: bool, distance: int) -> Place:
        return (0, distance) if inward == self.by_rows else (distance, 0)

    def reads(self, layout: Layout) -> list[Read] | None:
        """What each lane reads in a layout; None where lanes would need different instructions' rows, or it is not linear."""
        found = []
        whole: Runs = runs(layout, self.by_rows, self._in_row)
        for first in whole.firsts:
            read = self._read(layout, first, tuple(whole.registers(first)))
            if read is None:
                return None
            found.append(read)
        return found

    def _read(self, layout: Layout, first: int, registers: tuple[int, ...]) -> Read | None:
        places = [self._where(layout.at(register=first, lane=lane)) for lane in range(layout.size("lane"))]
        lanes = LaneMap(_columns([lane for _, lane, _ in places]), places[0][1])
        columns = _columns([position for *_, position in places])
        for n, (call, lane, position) in enumerate(places):
            if call is not places[0][0] or lane != lanes.source(n) or position != linear.applied(columns, n) ^ places[0][2]:
                return None
        return Read(registers, places[0][0], lanes, columns, places[0][2])

    def cost(self, layout: Layout, moves: LaneMoves) -> int | None:
        """Moves and loads of `reads`; None where that does not go."""
        reads = self.reads(layout)
        if reads is None:
            return None
        named = {(read.call, read.lanes) for read in reads}
        return len(reads) + sum(moves.cost(lanes) * _words(call.arguments[0]) for call, lanes in named)

    def exact_cost(self, moves: LaneMoves) -> int:
        """The same of the exact `ldmatrix`: for each of its matrices an address and a load, two where it transposes."""
        address = moves.cost(LaneMap((0, 0, 1, 2, 4))) * _words(self.calls[0].arguments[0])
        return len(self.registers) * (1 + address) * (1 + self.is_transposed)

    def load(self, layout: Layout, moves: LaneMoves, before: Callable[[Call], Emitter], e: Emitter) -> Value:
        """The lane's elements. Memory is read in front of the calls, `before` them; `e` is behind all of them."""
        reads, addresses, parts = self.reads(layout), dict[tuple[Call, LaneMap], Value](), list[Value]()
        assert reads is not None
        for read in reads:
            at = before(read.call)
            if (read.call, read.lanes) not in addresses:
                addresses[read.call, read.lanes] = _address(at, read.call.arguments[0], read.lanes, moves)
            parts.append(self._part(at, addresses[read.call, read.lanes], read))
        place = {register: n for n, register in enumerate(register for read in reads for register in read.registers)}
        held = {layout.at(register=register): n for register, n in place.items()}
        return shuffled(e, joined(e, parts), None, [held[layout.at(register=n)] for n in range(layout.size("register"))])

    def _part(self, e: Emitter, address: Value, read: Read) -> Value:
        size = _ROW_BYTES // self._in_row
        own = e.op("xor", mapped(e, warp.lane(e), read.columns), read.first)
        place = e.builder.gep(I8, address, [e.resize(e.op("mul", own, size), 64)], flags=())
        return e.builder.load(VectorType(len(read.registers), self.matrix.element), place, align=size * len(read.registers))


def rows_of(matrix: Matrix, registers: Sequence[Value]) -> Rows | None:
    """The rows of a fragment with these registers; None for other registers."""
    found = list(_registers(registers))
    if len(found) != len(registers) or (matrix.letter == "c" and matrix.in_register == 1) or matrix.layout.size("lane") != 32:
        return None
    rows = Rows(matrix, tuple(found))
    alike = {".trans" in (call.callee_name or "") for call in rows.calls}
    whole = matrix.in_register == 2 or (matrix.in_register <= _WORD and not rows.is_transposed)
    return rows if len(alike) == 1 and whole else None


def cheapest(rows: Rows, layout: Layout, moves: LaneMoves, bits: int) -> Layout | None:
    """In which layout to read elements of `bits` bits that are wanted in another; None: the exact instruction is the best."""
    exact = rows.exact_cost(moves) + exchange_cost(rows.matrix.layout, layout, bits, moves)
    ways: list[tuple[int, Layout | None]] = [(exact, None)]
    for read in (layout, rows.own_layout):
        cost = rows.cost(read, moves) if read is not None else None
        if read is not None and cost is not None:
            ways.append((cost + exchange_cost(read, layout, bits, moves), read))
    return min(reversed(ways), key=lambda way: way[0])[1]


def erase_unused(function: Function, calls: Iterable[Call]) -> None:
    """Without those instructions whose registers nothing uses."""
    uses = UseMap(function)
    for call in calls:
        parts = [use.user for use in uses.of(call)]
        if not any(uses.is_used(part) for part in parts):
            for part in parts:
                part.erase()
            call.erase()


def _registers(registers: Sequence[Value]) -> Iterator[tuple[Call, int]]:
    for register in registers:
        if isinstance(register, Indexed) and register.opcode == "extractvalue":
            call = register.operands[0]
            if isinstance(call, Call) and (call.callee_name or "").startswith(f"{TILE}ldmatrix."):
                yield call, register.indices[0]


def _columns(table: Sequence[int]) -> tuple[int, ...]:
    return tuple(table[1 << bit] ^ table[0] for bit in range(len(table).bit_length() - 1))


def _words(pointer: Value) -> int:
    """Of an address: those in shared memory are 32 bits."""
    assert isinstance(pointer.type, PointerType)
    return 1 if pointer.type.space == ADDRESS_SPACES["shared"] else 2


def _address(e: Emitter, pointer: Value, lanes: LaneMap, moves: LaneMoves) -> Value:
    """The address that another lane has."""
    if _words(pointer) == 1:
        word = moves.move(e, e.builder.cast("ptrtoint", pointer, I32), lanes)
        return e.builder.cast("inttoptr", word, pointer.type)
    whole = e.builder.cast("ptrtoint", pointer, I64)
    low, high = (moves.move(e, e.resize(e.op("lshr", whole, shift) if shift else whole, 32), lanes) for shift in (0, 32))
    return e.builder.cast("inttoptr", e.op("or", e.op("shl", e.resize(high, 64), 32), e.resize(low, 64)), pointer.type)
