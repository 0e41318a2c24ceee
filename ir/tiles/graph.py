"""What a lane computes in an exchange: a graph of words. Equal nodes are one, so that their number is the cost."""

from __future__ import annotations

from dataclasses import dataclass, field

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.lanes import LaneMap


@dataclass(frozen=True, eq=False)
class Item:
    """A word (or two of a 64-bit element) that the lane holds at the beginning."""

    number: int


@dataclass(frozen=True, eq=False)
class Select:
    """`odd` in lanes where an odd number of the bits of `mask` is set, else `even`."""

    mask: int
    odd: Node
    even: Node


@dataclass(frozen=True, eq=False)
class Move:
    """The word of another lane."""

    lanes: LaneMap
    word: Node


@dataclass(frozen=True, eq=False)
class Turn:
    """The word whose element n is element n ^ `by` of another word."""

    by: int
    word: Node


Node = Item | Select | Move | Turn


@dataclass
class Graph:
    """Makes nodes."""

    _known: dict[tuple[object, ...], Node] = field(default_factory=dict)

    def item(self, number: int) -> Node:
        """A word that is there."""
        return self._one(Item, number)

    def move(self, lanes: LaneMap, word: Node) -> Node:
        """Nothing for the own lane."""
        return word if lanes.is_identity else self._one(Move, lanes, word)

    def turn(self, by: int, word: Node) -> Node:
        """Nothing for 0."""
        return self._one(Turn, by, word) if by else word

    def select(self, mask: int, odd: Node, even: Node) -> Node:
        """A choice whose sides were chosen by the same condition takes their sides."""
        odd = odd.odd if isinstance(odd, Select) and odd.mask == mask else odd
        even = even.even if isinstance(even, Select) and even.mask == mask else even
        return odd if odd is even else self._one(Select, mask, odd, even)

    def rotated(self, words: dict[int, Node], by: linear.Columns, number: int) -> Node:
        """In each lane the word `number` ^ `by` (lane)."""
        return self._chosen(words, turns(by), number)

    def _chosen(self, words: dict[int, Node], levels: list[tuple[int, int]], number: int) -> Node:
        if not levels:
            return words[number]
        (vector, mask), rest = levels[-1], levels[:-1]
        return self.select(mask, self._chosen(words, rest, number ^ vector), self._chosen(words, rest, number))

    def _one(self, kind: type[Node], *parts: object) -> Node:
        key = (kind, *parts)
        if key not in self._known:
            self._known[key] = kind(*parts)  # type: ignore[arg-type]
        return self._known[key]


def turns(by: linear.Columns) -> list[tuple[int, int]]:
    """A linear map of lanes as steps: add the vector where an odd number of the mask's bits is set."""
    span, vectors, masks = linear.Span(), list[int](), list[int]()
    for column in by:
        if span.add(column):
            vectors.append(column)
            masks.append(0)
    basis = linear.Span(vectors)
    for bit, column in enumerate(by):
        made = basis.made_of(column) or 0
        masks = [mask | (made >> n & 1) << bit for n, mask in enumerate(masks)]
    return list(zip(vectors, masks, strict=True))


def reached(outcomes: tuple[Node, ...]) -> list[Node]:
    """All nodes that are needed, operands first."""
    done: dict[Node, None] = {}

    def visit(node: Node) -> None:
        if node not in done:
            for other in _operands(node):
                visit(other)
            done[node] = None

    for node in outcomes:
        visit(node)
    return list(done)


def _operands(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Item):
        return ()
    return (node.odd, node.even) if isinstance(node, Select) else (node.word,)
