"""Registers that stay together in words: numbers of registers as a word's number and a place in it, and the words as IR."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crosswarp.ir.constants import null
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.vectors import element_type, elements, length, packed, shuffled
from crosswarp.ir.types import I32, FloatType, IntType, Type, VectorType
from crosswarp.ir.values import Value

Half = tuple[Value, bool]
"""A word, and whether its upper half is meant."""


@dataclass(frozen=True)
class Words:
    """`together`: what the bits of a place in a word are of the register's number; `beside`: the bits of the word's number."""

    together: tuple[int, ...]
    beside: tuple[int, ...]

    @staticmethod
    def of(together: Sequence[int], bits: int, first: Sequence[int], straight: Callable[[int], int] = lambda x: x) -> Words:
        """Words of all registers of so many bits. `first`: bits of words' numbers if they can be; others go through `straight`."""
        span, beside = linear.Span(together), list[int]()
        for vector in first:
            if span.add(vector):
                beside.append(vector)
        for bit in range(bits):
            if span.add(1 << bit):
                beside.append(straight(1 << bit))
        return Words(tuple(together), tuple(beside))

    @property
    def count(self) -> int:
        """How many words."""
        return 1 << len(self.beside)

    def place(self, register: int) -> tuple[int, int]:
        """The word that has a register, and where."""
        made = linear.Span((*self.together, *self.beside)).made_of(register)
        assert made is not None
        return made >> len(self.together), made & (1 << len(self.together)) - 1

    def registers(self, word: int) -> list[int]:
        """The registers of a word, lowest first."""
        first = linear.applied(self.beside, word)
        return [first ^ more for more in linear.generated(self.together)]


def as_integers(e: Emitter, value: Value) -> Value:
    """A vector as one of integers of the same width."""
    return e.builder.cast("bitcast", value, VectorType(length(value), IntType(element_bits(element_type(value)))))


def element_bits(kind: Type) -> int:
    """Bits of an element."""
    assert isinstance(kind, IntType | FloatType)
    return kind.bits


def ordered(e: Emitter, value: Value, order: Sequence[int]) -> Value:
    """Elements of a vector of integers in another order; those beyond its end are 0.

    Groups that stay together are one integer in between: no target is good at single bits.
    """
    count, bits = length(value), element_bits(element_type(value))
    group = _group(order, min(count, len(order), max(32 // bits, 1)))
    wide = e.builder.cast("bitcast", value, VectorType(count // group, IntType(bits * group)))
    places = [place // group for place in order[::group]]
    beyond = null(wide.type) if any(place >= count for place in order) else None
    return e.builder.cast("bitcast", shuffled(e, wide, beyond, places), VectorType(len(order), IntType(bits)))


def halves_ordered(e: Emitter, value: Value, order: Sequence[int], paired: Callable[[Emitter, Half, Half], Value]) -> Value:
    """Elements of 16 bits of a vector in another order, an even number of them. `paired` makes a word of two halves of words."""
    words = elements(e, e.builder.cast("bitcast", value, VectorType(length(value) // 2, I32)))
    halves = [(words[place // 2], place % 2 == 1) for place in order]
    made = [paired(e, low, high) for low, high in zip(halves[::2], halves[1::2], strict=True)]
    return e.builder.cast("bitcast", packed(e, made), VectorType(len(order), element_type(value)))


def paired(e: Emitter, low: Half, high: Half) -> Value:
    """Two halves of words as one word."""
    below = e.op("lshr", low[0], 16) if low[1] else e.op("and", low[0], 0xFFFF)
    above = e.op("and", high[0], -0x10000) if high[1] else e.op("shl", high[0], 16)
    return e.op("or", below, above)


def _group(order: Sequence[int], most: int) -> int:
    """The most successive elements that are the same ones before and after."""
    group = most
    while any(place != order[n - n % group] + n % group or order[n - n % group] % group for n, place in enumerate(order)):
        group //= 2
    return group


def split(e: Emitter, value: Value, items: Sequence[Sequence[int]], words: int) -> list[list[Value]]:
    """The elements of each item as words: one of 32 bits filled up with zeros, or `words` of them."""
    room, zero = max(32 // element_bits(element_type(value)), 1), length(value)
    order = [n for item in items for n in (*item, *(zero + at % zero for at in range(len(item), room)))]
    parts = elements(e, e.builder.cast("bitcast", ordered(e, value, order), VectorType(len(items) * words, I32)))
    return [parts[n : n + words] for n in range(0, len(parts), words)]


def joined(e: Emitter, items: Sequence[Sequence[Value]], places: Sequence[tuple[int, int]], bits: int) -> Value:
    """The vector of integers whose element n is that at a place, as item and element in it."""
    whole, room = packed(e, [word for item in items for word in item]), max(32 // bits, 1)
    values = e.builder.cast("bitcast", whole, VectorType(len(items) * room, IntType(bits)))
    return ordered(e, values, [item * room + at for item, at in places])


def turned(e: Emitter, word: Value, by: int, bits: int) -> Value:
    """The word whose element n is element n ^ `by`."""
    count = 32 // bits
    values = e.builder.cast("bitcast", word, VectorType(count, IntType(bits)))
    return e.builder.cast("bitcast", ordered(e, values, [n ^ by for n in range(count)]), I32)
