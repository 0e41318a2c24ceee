"""The steps of an exchange between two layouts, found once for each pair: a graph of words, without IR."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.algebra import input_bits
from crosswarp.ir.tiles.graph import Graph, Item, Move, Node, Select, Turn, reached
from crosswarp.ir.tiles.lanes import LaneMoves
from crosswarp.ir.tiles.layout import Layout, Place
from crosswarp.ir.tiles.route import Route, route
from crosswarp.ir.tiles.words import Words


@dataclass(frozen=True)
class Plan:
    """`items`: the source registers of each word, lowest first. `made`: the words of the result.

    Register n of the wanted layout is element `places[n][1]` of word `places[n][0]`. Words have `words` times 32 bits.
    """

    items: tuple[tuple[int, ...], ...]
    made: tuple[Node, ...]
    places: tuple[tuple[int, int], ...]
    words: int

    @cached_property
    def nodes(self) -> list[Node]:
        """All that is computed, operands first."""
        return reached(self.made)

    @property
    def is_static(self) -> bool:
        """Whether every lane only puts its own elements in another order."""
        return all(isinstance(node, Item) for node in self.nodes)

    def order(self) -> list[int]:
        """The source's register of each wanted one, of a static plan."""
        made = [self.items[node.number] for node in self.made if isinstance(node, Item)]
        return [made[item][at] for item, at in self.places]

    def cost(self) -> tuple[int, int]:
        """Lane moves and selects of 32 bits."""
        moves = sum(isinstance(node, Move) for node in self.nodes)
        selects = sum(isinstance(node, Select) for node in self.nodes)
        return moves * self.words, selects * self.words

    def turned(self) -> int:
        """Words whose elements change places."""
        return sum(isinstance(node, Turn) for node in self.nodes)


@lru_cache(maxsize=4096)
def planned(source: Layout, wanted: Layout, bits: int, moves: LaneMoves) -> Plan:
    """The plan for elements of so many bits. ValueError where `source` lacks elements or the lanes are not the same."""
    others = set(input_bits(source) | input_bits(wanted)) - {"register", "lane"}
    if others or len(source.images("lane")) != len(wanted.images("lane")):
        raise ValueError("an exchange is between layouts of `register` and the same number of lanes")
    held, kept = _distinct(source)
    asked, _ = _distinct(wanted)
    inside = max(5 - (bits - 1).bit_length(), 0)
    way = route(held, asked, moves, inside)
    together = way.packed(inside)
    carried = [linear.applied(way.steps, step) for step in together]
    before = Words.of(carried, len(kept), (*way.turn, *linear.composed(way.steps, way.skew)))
    behind = Words.of(together, len(asked.images("register")), way.skew, lambda step: _straight(way, before, together, step))
    made = _steps(way, before, behind)
    originals = tuple(tuple(linear.applied([1 << n for n in kept], register) for register in before.registers(number))
                      for number in range(before.count))
    spread = _spread(wanted, asked)
    places = tuple(behind.place(linear.applied(spread, register)) for register in range(wanted.size("register")))
    return Plan(originals, made, places, max(bits // 32, 1))


def _distinct(layout: Layout) -> tuple[Layout, list[int]]:
    """The layout with the bits of `register` alone that are not copies in the same lane, and which these are."""
    span, kept = linear.Span(), []
    images = layout.images("register")
    for bit, place in enumerate(images):
        if span.add(layout.packed(place)):
            kept.append(bit)
    registers = tuple(images[bit] for bit in kept)
    inputs: tuple[tuple[str, tuple[Place, ...]], ...] = (("register", registers), ("lane", layout.images("lane")))
    return Layout(inputs, layout.outputs), kept


def _spread(wanted: Layout, asked: Layout) -> list[int]:
    """For each bit of `register` of `wanted` the register of `asked` with the same element."""
    span = linear.Span([asked.packed(place) for place in asked.images("register")])
    return [span.made_of(wanted.packed(place)) or 0 for place in wanted.images("register")]


def _straight(way: Route, before: Words, together: list[int], step: int) -> int:
    """The same step, counted from the element that stands first in the word that it gets."""
    return step ^ linear.applied(together, before.place(linear.applied(way.steps, step))[1])


def _steps(way: Route, before: Words, behind: Words) -> tuple[Node, ...]:
    """The words of the result."""
    graph = Graph()
    items = {number: graph.item(number) for number in range(before.count)}
    turn = tuple(before.place(column)[0] for column in way.turn)
    skew = tuple(behind.place(column)[0] for column in way.skew)
    fetched = {}
    for number in range(behind.count):
        step = behind.registers(number)[0]
        word, first = before.place(linear.applied(way.steps, step))
        lanes = way.move(step)
        if way.late:
            got = graph.rotated({n: graph.move(lanes, item) for n, item in items.items()}, turn, word)
        else:
            got = graph.move(lanes, graph.rotated(items, turn, word))
        fetched[number] = graph.turn(first, got)
    return tuple(graph.rotated(fetched, skew, number) for number in range(behind.count))
