"""What memory sees when a warp reads or writes a matrix in a layout: neighbours, transactions, bank conflicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.layout import Layout


@dataclass(frozen=True)
class Runs:
    """Elements that a lane holds and that are neighbours in memory.

    `steps`: for each bit of a neighbour's number the register that leads to it. `firsts`: of each run the register where it begins.
    """

    steps: tuple[int, ...]
    firsts: tuple[int, ...]

    @property
    def length(self) -> int:
        """Elements of a run."""
        return 1 << len(self.steps)

    def registers(self, first: int) -> list[int]:
        """The registers of a run, in the order of memory."""
        return [first ^ more for more in linear.generated(self.steps)]


def runs(layout: Layout, by_rows: bool, most: int = 1 << 30) -> Runs:
    """The longest runs of at most `most` elements that begin at multiples of their length, so that vectors are aligned."""
    registers, inner = layout.images("register"), 1 if by_rows else 0
    packed, lanes = [layout.packed(place) for place in registers], [place[inner] for place in layout.images("lane")]
    span, steps = linear.Span(packed), list[int]()
    while 2 << len(steps) <= most:
        bit = 1 << len(steps)
        place = (0, bit) if by_rows else (bit, 0)
        found = span.made_of(layout.packed(place)) if bit < 1 << layout.outputs[inner][1] else None
        if found is None or any(lane & bit for lane in lanes):
            break
        steps.append(found)
    return Runs(tuple(steps), _firsts(layout, inner, steps))


def _firsts(layout: Layout, inner: int, steps: list[int]) -> tuple[int, ...]:
    """A register for the beginning of each run; registers whose low bits of the place are not 0 are led to one where they are."""
    span, others = linear.Span(), []
    for bit, place in enumerate(layout.images("register")):
        aligned = 1 << bit ^ linear.applied(steps, place[inner] & (1 << len(steps)) - 1)
        if span.add(layout.packed(layout.at(register=aligned))):
            others.append(aligned)
    return tuple(linear.generated(others))


def accesses(layout: Layout, by_rows: bool, bits: int) -> int:
    """Memory instructions of a lane for all of its elements of `bits` bits, at most 16 bytes each."""
    return len(runs(layout, by_rows, max(128 // bits, 1)).firsts)


def vector_width(layout: Layout, by_rows: bool) -> int:
    """How many elements of a lane are neighbours in memory and can be read by one aligned load."""
    return runs(layout, by_rows).length


def _offsets(layout: Layout, by_rows: bool, pitch: int, first: int, lanes: range) -> list[int]:
    """Where the lanes' runs begin, in elements."""
    places = [layout.at(register=first, lane=lane) for lane in lanes]
    return [row * pitch + column if by_rows else column * pitch + row for row, column in places]


def memory_transactions(layout: Layout, by_rows: bool, pitch: int, bits: int, *, piece: int = 64) -> tuple[int, int]:
    """Aligned pieces of memory (of so many bytes) that a load of the matrix touches, access by access, and the fewest possible."""
    found, total = runs(layout, by_rows, max(128 // bits, 1)), 0
    for first in found.firsts:
        touched = set()
        for at in _offsets(layout, by_rows, pitch, first, range(layout.size("lane"))):
            touched |= set(range(at * bits // (8 * piece), ((at + found.length) * bits - 1) // (8 * piece) + 1))
        total += len(touched)
    elements = layout.size(layout.outputs[0][0]) * layout.size(layout.outputs[1][0])
    return total, -(-elements * bits // (8 * piece))


def bank_conflicts(layout: Layout, by_rows: bool, pitch: int, bits: int, *, banks: int = 32, lanes: int = 32) -> int:
    """Cycles that shared memory needs beyond one per phase of `lanes` lanes: words of 4 bytes in `banks`; equal words are one."""
    found, extra = runs(layout, by_rows, max(128 // bits, 1)), 0
    for first in found.firsts:
        for begin in range(0, layout.size("lane"), lanes):
            starts = _offsets(layout, by_rows, pitch, first, range(begin, begin + lanes))
            words = {word for at in starts for word in range(at * bits // 32, ((at + found.length) * bits - 1) // 32 + 1)}
            extra += max(Counter(word % banks for word in words).values()) - 1
    return extra
