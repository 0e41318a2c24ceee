"""Fragments from one layout to another, exactly: registers change places, lanes give each other words.

Every lane of the warp takes part. `plan.py` finds the steps, `route.py` says how.

    %words = bitcast <8 x half> to <4 x i32>        elements that stay together are moved together
    %give = select i1 %odd, %word0, %word1          in which register what another lane wants is
    %got = call @llvm.nvvm.shfl.sync.bfly.i32       one word for each lane
    %r0 = select i1 %odd, %got, %word0              in which register it is wanted
"""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.graph import Item, Move, Node, Select, Turn
from crosswarp.ir.tiles.lanes import LaneMap, LaneMoves, Shuffles, is_odd
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.plan import Plan, planned
from crosswarp.ir.tiles.vectors import element_type, elements, length, packed
from crosswarp.ir.tiles.words import as_integers, element_bits, joined, ordered, split, turned
from crosswarp.ir.types import I32, IntType, VectorType
from crosswarp.ir.values import Value

SHUFFLES = Shuffles()


def convert(e: Emitter, value: Value, source: Layout, wanted: Layout, moves: LaneMoves = SHUFFLES) -> Value:
    """A lane's elements in the layout `wanted`, of those in `source`: vectors of elements in the order of `register`.

    ValueError where `source` lacks an element that `wanted` has.
    """
    kind = element_type(value)
    assert length(value) == source.size("register")
    bits = element_bits(kind)
    plan = planned(source, wanted, bits, moves)
    integers = as_integers(e, value)
    made = ordered(e, integers, plan.order()) if plan.is_static else _Emission(e, plan, moves, bits).made(integers)
    return e.builder.cast("bitcast", made, VectorType(wanted.size("register"), kind))


def flipped(e: Emitter, value: Value, flip: int, moves: LaneMoves = SHUFFLES) -> Value:
    """In each lane what lane ^ `flip` has: a vector of elements."""
    kind, count = element_type(value), length(value)
    bits = element_bits(kind)
    whole = e.builder.cast("bitcast", value, IntType(bits * count))
    words = -(-bits * count // 32)
    parts = e.builder.cast("bitcast", e.resize(whole, 32 * words) if 32 * words > bits * count else whole, VectorType(words, I32))
    lanes = LaneMap(linear.identity(5), flip)
    moved = packed(e, [moves.move(e, part, lanes) for part in elements(e, parts)])
    back = e.builder.cast("bitcast", moved, IntType(32 * words))
    return e.builder.cast("bitcast", e.resize(back, bits * count) if 32 * words > bits * count else back, value.type)


class _Emission:
    """One exchange: nodes of the plan to words."""

    def __init__(self, e: Emitter, plan: Plan, moves: LaneMoves, bits: int) -> None:
        self.e, self.plan, self.moves, self.bits = e, plan, moves, bits
        self._conditions: dict[int, Value] = {}

    def made(self, value: Value) -> Value:
        """The result, a vector of integers."""
        items, done = split(self.e, value, self.plan.items, self.plan.words), dict[Node, list[Value]]()
        for node in self.plan.nodes:
            done[node] = items[node.number] if isinstance(node, Item) else self._words(node, done)
        return joined(self.e, [done[node] for node in self.plan.made], self.plan.places, self.bits)

    def _words(self, node: Move | Select | Turn, done: dict[Node, list[Value]]) -> list[Value]:
        if isinstance(node, Select):
            odd = self._condition(node.mask)
            return [self.e.builder.select(odd, a, b) for a, b in zip(done[node.odd], done[node.even], strict=True)]
        if isinstance(node, Move):
            return [self.moves.move(self.e, word, node.lanes) for word in done[node.word]]
        return [turned(self.e, word, node.by, self.bits) for word in done[node.word]]

    def _condition(self, mask: int) -> Value:
        if mask not in self._conditions:
            self._conditions[mask] = is_odd(self.e, warp.lane(self.e), mask)
        return self._conditions[mask]


def cost(source: Layout, wanted: Layout, bits: int, moves: LaneMoves = SHUFFLES) -> tuple[int, int]:
    """Moves between lanes and selects, of 32 bits each, that the exchange of elements of so many bits takes."""
    return planned(source, wanted, bits, moves).cost()


def explained(source: Layout, wanted: Layout, bits: int, moves: LaneMoves = SHUFFLES) -> str:
    """What the exchange does, in one line for reports: `4 moves (lane ^ 4), 8 selects (lane bit 2)`."""
    plan = planned(source, wanted, bits, moves)
    if plan.is_static:
        return "nothing" if plan.order() == list(range(source.size("register"))) else "registers in another order"
    count, selects = plan.cost()
    lanes = [node.lanes for node in plan.nodes if isinstance(node, Move)]
    maps = dict.fromkeys(str(one if one.is_flip else LaneMap(one.columns)) for one in lanes)
    masks = dict.fromkeys(_bits_of(node.mask) for node in plan.nodes if isinstance(node, Select))
    parts = [f"{count} {'move' if count == 1 else 'moves'} ({', '.join(maps)})"] * bool(count)
    parts += [f"{selects} {'select' if selects == 1 else 'selects'} ({', '.join(masks)})"] * bool(selects)
    return ", ".join(parts + [f"{plan.turned()} words turned"] * bool(plan.turned()))


def _bits_of(mask: int) -> str:
    return "lane bit " + "+".join(str(bit) for bit in range(mask.bit_length()) if mask >> bit & 1)
