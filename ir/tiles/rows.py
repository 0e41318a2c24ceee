"""Fragments that `ldmatrix` reads: rows of 16 bytes, straight from memory in the layout that is wanted.

Instead of an exchange behind the exact `ldmatrix`, each lane gets the addresses of the rows that it wants something of, and reads
as much of them at once as it wants. PTX asks that rows are multiples of 16 bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, GetElementPtr, Indexed
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.tiles.addresses import distance
from crosswarp.ir.tiles.lanes import LaneMap, LaneMoves, mapped
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.tiles.operations import Matrix
from crosswarp.ir.tiles.parts import Elements
from crosswarp.ir.tiles.row_reads import ROW_BYTES, Pattern, Read
from crosswarp.ir.tiles.vectors import joined, shuffled
from crosswarp.ir.tiles.words import halves_ordered
from crosswarp.ir.tiles.writes import none_writes_between
from crosswarp.ir.types import I8, I32, I64, PointerType, VectorType
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value

_WORD, _HALF = 4, 2
_LAYOUT = DataLayout("")
"""Enough for addresses that LLVM has optimised: they count bytes."""


@dataclass(frozen=True)
class Rows:
    """A fragment whose registers are those of `ldmatrix`."""

    pattern: Pattern
    calls: tuple[Call, ...]

    def load(self, layout: Layout, moves: LaneMoves, before: Callable[[Call], Emitter], e: Emitter) -> Value:
        """The lane's elements. Memory is read in front of the calls, `before` them; `e` is behind all of them."""
        reads, addresses, parts = self.pattern.reads(layout), dict[tuple[int, LaneMap], Value](), list[Value]()
        assert reads is not None
        for read in reads:
            call = self.calls[read.call]
            if (read.call, read.lanes) not in addresses:
                addresses[read.call, read.lanes] = _address(before(call), call.arguments[0], read.lanes, moves)
            parts.append(self._part(before(self._last(read)), addresses[read.call, read.lanes], read))
        registers = [register for read in reads for register in read.registers]
        held = {layout.at(register=register): n for n, register in enumerate(registers)}
        order = [held[layout.at(register=n)] for n in range(layout.size("register"))]
        by_words = self.pattern.is_transposed and len(reads[0].registers) > 1
        return halves_ordered(e, joined(e, parts), order, moves.paired) if by_words else shuffled(e, joined(e, parts), None, order)

    def _last(self, read: Read) -> Call:
        """Of the calls that name the rows: all addresses are known there."""
        calls = [self.calls[number] for number in read.calls]
        block = calls[0].parent
        assert block is not None
        return max(calls, key=block.instructions.index) if len(calls) > 1 else calls[0]

    def _part(self, e: Emitter, address: Value, read: Read) -> Value:
        size = ROW_BYTES // self.pattern.in_row
        if read.steps:
            address = e.builder.gep(I8, address, [e.resize(mapped(e, warp.lane(e), read.steps), 64)], flags=())
        own = e.op("xor", mapped(e, warp.lane(e), read.columns), read.first)
        place = e.builder.gep(I8, address, [e.resize(e.op("mul", own, size), 64)], flags=())
        return e.builder.load(VectorType(len(read.registers), self.pattern.matrix.element), place, align=size * len(read.registers))


def rows_of(matrix: Elements, registers: Sequence[Value]) -> Rows | None:
    """The rows of a fragment with these registers; None for other registers."""
    if not isinstance(matrix, Matrix):
        return None
    found = list(_registers(registers))
    if len(found) != len(registers) or (matrix.letter == "c" and matrix.in_register == 1):
        return None
    calls = tuple(dict.fromkeys(call for call, _ in found))
    transposed = {".trans" in (call.callee_name or "") for call in calls}
    if len(transposed) > 1 or matrix.in_register > _WORD or (True in transposed and matrix.in_register != _HALF):
        return None
    numbers = tuple((calls.index(call), number) for call, number in found)
    distances = _distances(calls) if True in transposed else ()
    return Rows(Pattern(matrix, numbers, True in transposed, _words(calls[0].arguments[0]), distances), calls)


def _distances(calls: Sequence[Call]) -> tuple[int, ...]:
    """Of the addresses of each call from those of the first; none where they are not known."""
    found = [distance(calls[0].arguments[0], call.arguments[0], _LAYOUT) for call in calls]
    known = [each for each in found if each is not None]
    return tuple(known) if len(known) == len(found) > 1 and none_writes_between(calls) else ()


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


def _words(pointer: Value) -> int:
    """Of an address: those in shared memory are 32 bits."""
    assert isinstance(pointer.type, PointerType)
    return 1 if pointer.type.space == ADDRESS_SPACES["shared"] else 2


def _address(e: Emitter, pointer: Value, lanes: LaneMap, moves: LaneMoves) -> Value:
    """The address that another lane has. What is added to it in all lanes stays outside, so that near rows share their moves."""
    if isinstance(pointer, GetElementPtr) and pointer.source_type is I8 and isinstance(pointer.indices[0], ConstantInt):
        return e.builder.gep(I8, _address(e, pointer.operands[0], lanes, moves), pointer.indices, flags=())
    if _words(pointer) == 1:
        word = moves.move(e, e.builder.cast("ptrtoint", pointer, I32), lanes)
        return e.builder.cast("inttoptr", word, pointer.type)
    whole = e.builder.cast("ptrtoint", pointer, I64)
    low, high = (moves.move(e, e.resize(e.op("lshr", whole, shift) if shift else whole, 32), lanes) for shift in (0, 32))
    return e.builder.cast("inttoptr", e.op("or", e.op("shl", e.resize(high, 64), 32), e.resize(low, 64)), pointer.type)
