"""How an exchange goes: which register each lane gives away in a step, to which lane, and where it is put there.

A lane `l` wants in register `r` what lane `C r + D l` has in register `A r + B l` (linear maps over GF(2), `algebra.conversion`).
One move brings each lane one word. So that in step `t` no two lanes ask a third for different words, lane `l` fetches its register
`t + E l` then: from lane `P l + C t` with `P = C E + D`, which gives its register `G t + F s`, `F P = A E + B`, `G = A + F C`:

    before   words rotated in each lane s by F s        selects
    steps    one move a word, none where P l + C t = l
    behind   words rotated in each lane l by E l        selects

E is free as long as F exists. A swap of a register's bit with a lane's is `P` = identity: half of the steps move nothing, the
others are constant distances. `late`: no E; every word that some lane wants is moved, and the selects, by B, come then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.algebra import conversion
from crosswarp.ir.tiles.lanes import LaneMap, LaneMoves
from crosswarp.ir.tiles.layout import Layout

_TRIED = 32


@dataclass(frozen=True)
class Maps:
    """`A B C D`; `held` and `wanted`: bits of the registers' numbers before and after."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    c: tuple[int, ...]
    d: tuple[int, ...]
    held: int
    wanted: int

    @staticmethod
    def of(source: Layout, wanted: Layout) -> Maps:
        """Of layouts whose inputs are `register` and `lane` in this order."""
        found = conversion(source, wanted)
        (a, c), (b, d) = ([tuple(place[n] for place in found.images(name)) for n in (0, 1)] for name in ("register", "lane"))
        return Maps(a, b, c, d, len(source.images("register")), len(wanted.images("register")))


@dataclass(frozen=True)
class Route:
    """`P C F G E` and whether the selects by F (then B) come behind the moves."""

    lanes: tuple[int, ...]
    flips: tuple[int, ...]
    turn: tuple[int, ...]
    steps: tuple[int, ...]
    skew: tuple[int, ...]
    late: bool = False

    def move(self, step: int) -> LaneMap:
        """Where a step's words come from."""
        return LaneMap(self.lanes, linear.applied(self.flips, step))

    def packed(self, bits: int) -> list[int]:
        """Steps that may stay together in words of `1 << bits` elements: as many as can be, as numbers of wanted registers.

        They come from the same lane, and no lane tells them apart: neither F nor E leads from one element of a word to another.
        """
        chosen, skewed, turned = list[int](), linear.Span(self.skew), linear.Span(self.turn)
        for step in self._still():
            if len(chosen) == bits:
                break
            if step in skewed or linear.applied(self.steps, step) in turned:
                continue
            skewed.add(step)
            turned.add(linear.applied(self.steps, step))
            chosen.append(step)
        return chosen

    def _still(self) -> list[int]:
        """Steps that move nothing to another lane than step 0, those first whose elements stand together already."""
        still = islice(linear.generated(linear.kernel(self.flips)), 1, 1 << 8)
        return sorted(still, key=lambda step: (step.bit_count() + linear.applied(self.steps, step).bit_count(),
                                               step + linear.applied(self.steps, step)))

    def cost(self, moves: LaneMoves, bits: int) -> tuple[int, int]:
        """The moves' and the number of selects, about (equal words are counted twice)."""
        words = 1 << len(self.steps) - len(self.packed(bits))
        reached = linear.Span(self.flips).vectors
        each = words >> len(reached)
        turns = linear.rank(self.turn)
        moved = sum(moves.cost(LaneMap(self.lanes, flip)) for flip in linear.generated(reached)) * each
        if self.late:
            return moved << turns, words * ((1 << turns) - 1)
        return moved, words * (turns + linear.rank(self.skew))


def _late(maps: Maps) -> Route:
    return Route(maps.d, maps.c, maps.b, maps.a, (0,) * len(maps.d), True)


def _skewed(maps: Maps, skew: tuple[int, ...]) -> Route | None:
    """The route of an E, if there is one."""
    lanes = linear.added(linear.composed(maps.c, skew), maps.d)
    asked = linear.added(linear.composed(maps.a, skew), maps.b)
    turn = linear.composed(asked, linear.right_inverse(lanes, len(lanes)))
    if linear.composed(turn, lanes) != asked:
        return None
    return Route(lanes, maps.c, turn, linear.added(maps.a, linear.composed(turn, maps.c)), skew)


def route(source: Layout, wanted: Layout, moves: LaneMoves, bits: int) -> Route:
    """A cheap way. `bits`: of the number of an element in a word."""
    maps = Maps.of(source, wanted)
    best, least = _late(maps), _late(maps).cost(moves, bits)
    for skew in _beginnings(maps):
        found, cost = _improved(maps, skew, moves, bits)
        if found is not None and cost < least:
            best, least = found, cost
    return best


def _improved(maps: Maps, skew: tuple[int, ...], moves: LaneMoves, bits: int) -> tuple[Route | None, tuple[int, int]]:
    """The best that is reached by changing what one lane bit is mapped to at a time."""
    found, least, before = None, (1 << 60, 0), None
    while before != least:
        before = least
        for bit in range(len(skew)):
            for value in _tried(maps, skew[bit]):
                made = _skewed(maps, (*skew[:bit], value, *skew[bit + 1 :]))
                if made is not None and (cost := made.cost(moves, bits)) < least:
                    found, least, skew = made, cost, made.skew
    return found, least


def _tried(maps: Maps, present: int) -> list[int]:
    """Other images of a lane bit: those that do not change P first."""
    still = list(islice(linear.generated(linear.kernel(maps.c)), _TRIED))
    return list(dict.fromkeys([*(present ^ more for more in still), *range(min(1 << maps.wanted, _TRIED))]))


def _beginnings(maps: Maps) -> Iterator[tuple[int, ...]]:
    """E = 0; P as near to the identity as can be; P whose image is as large as can be."""
    lanes = len(maps.d)
    yield (0,) * lanes
    span = linear.Span(maps.c)
    nearest = tuple(span.made_of(maps.d[bit] ^ 1 << bit) or 0 for bit in range(lanes))
    yield nearest
    for begin in ((0,) * lanes, nearest):
        yield _completed(maps, begin)


def _completed(maps: Maps, skew: tuple[int, ...]) -> tuple[int, ...]:
    """E changed so that lanes which would ask the same lane ask different ones."""
    made = list(skew)
    for _ in range(len(skew)):
        lanes = linear.added(linear.composed(maps.c, made), maps.d)
        span = linear.Span(lanes)
        missing = next((1 << bit for bit, flip in enumerate(maps.c) if flip not in span), None)
        if not span.relations or missing is None:
            break
        made[span.relations[-1].bit_length() - 1] ^= missing
    return tuple(made)
