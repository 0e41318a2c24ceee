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
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.algebra import conversion
from crosswarp.ir.tiles.lanes import LaneMap, LaneMoves
from crosswarp.ir.tiles.layout import Layout

_TRIED, _IMPROVED = 16, 3


@dataclass(frozen=True)
class Maps:
    """`A B C D`. `wanted`: bits of the registers' numbers afterwards. `copies`: a basis of ways to copies, register and lane."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    c: tuple[int, ...]
    d: tuple[int, ...]
    wanted: int
    copies: tuple[tuple[int, int], ...]

    @staticmethod
    def of(source: Layout, wanted: Layout) -> Maps:
        """Of layouts whose inputs are `register` and `lane` in this order."""
        found = conversion(source, wanted)
        (a, c), (b, d) = ([tuple(place[n] for place in found.images(name)) for n in (0, 1)] for name in ("register", "lane"))
        copies = tuple((copy & source.size("register") - 1, copy >> len(source.images("register")))
                       for copy in linear.kernel(source.columns))
        return Maps(a, b, c, d, len(wanted.images("register")), copies)

    def others(self) -> Iterator[Maps]:
        """The same with another holder for what one bit of the register or the lane leads to."""
        for register, lane in self.copies:
            for bit in range(len(self.d)):
                yield replace(self, b=_with(self.b, bit, register), d=_with(self.d, bit, lane))
            for bit in range(len(self.c)):
                yield replace(self, a=_with(self.a, bit, register), c=_with(self.c, bit, lane))


def _with(columns: tuple[int, ...], bit: int, more: int) -> tuple[int, ...]:
    return (*columns[:bit], columns[bit] ^ more, *columns[bit + 1 :])


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
        moved = sum(_cost(moves, LaneMap(self.lanes, flip)) for flip in linear.generated(reached)) * each
        if self.late:
            return moved << turns, words * ((1 << turns) - 1)
        return moved, words * (turns + linear.rank(self.skew))


@lru_cache(maxsize=1 << 14)
def _cost(moves: LaneMoves, lanes: LaneMap) -> int:
    return moves.cost(lanes)


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
    search = _Search(moves, bits)
    maps = Maps.of(source, wanted)
    search.tried(_late(maps))
    begins = [(begin, skew) for begin in dict.fromkeys((maps, _spread(maps))) for skew in dict.fromkeys(_beginnings(begin))]
    for begin in sorted(begins, key=lambda begin: search.skewed(*begin))[:_IMPROVED]:
        search.improve(*begin)
    return search.best


class _Search:
    """The best route so far."""

    best: Route

    def __init__(self, moves: LaneMoves, bits: int) -> None:
        self.moves, self.bits = moves, bits
        self.least = (1 << 60, 0)
        self._known: dict[tuple[Maps, tuple[int, ...]], tuple[int, int]] = {}

    def skewed(self, maps: Maps, skew: tuple[int, ...]) -> tuple[int, int]:
        """What the route of an E costs; much if there is none."""
        if (maps, skew) not in self._known:
            made = _skewed(maps, skew)
            self._known[maps, skew] = self.tried(made) if made is not None else (1 << 60, 1)
        return self._known[maps, skew]

    def tried(self, made: Route) -> tuple[int, int]:
        """What a route costs."""
        cost = made.cost(self.moves, self.bits)
        if cost < self.least:
            self.best, self.least = made, cost
        return cost

    def improve(self, maps: Maps, skew: tuple[int, ...]) -> None:
        """Changes what one lane bit is mapped to, or which copy is taken, one at a time and as long as that helps."""
        least, before = self.skewed(maps, skew), None
        while before != least:
            before = least
            for bit in range(len(skew)):
                for value in _values(maps, skew[bit]):
                    other = (*skew[:bit], value, *skew[bit + 1 :])
                    if (cost := self.skewed(maps, other)) < least:
                        skew, least = other, cost
            for holders in maps.others():
                if (cost := self.skewed(holders, skew)) < least:
                    maps, least = holders, cost


def _values(maps: Maps, present: int) -> list[int]:
    """Other images of a lane bit: those that do not change P first."""
    still = islice(linear.generated(linear.kernel(maps.c)), 1, _TRIED)
    units = linear.identity(maps.wanted)
    return list(dict.fromkeys([*(present ^ more for more in still), *(present ^ unit for unit in units), 0, *units]))


def _spread(maps: Maps) -> Maps:
    """Copies used so that as many lanes as can be are asked."""
    for register, lane in maps.copies:
        span = linear.Span((*maps.c, *maps.d))
        asked = linear.Span(maps.d)
        if lane and lane not in span and asked.relations:
            bit = asked.relations[-1].bit_length() - 1
            maps = replace(maps, b=_with(maps.b, bit, register), d=_with(maps.d, bit, lane))
    return maps


def _beginnings(maps: Maps) -> Iterator[tuple[int, ...]]:
    """E = 0; P as near to the identity as can be; P whose image is as large as can be."""
    lanes = len(maps.d)
    span = linear.Span(maps.c)
    for begin in ((0,) * lanes, tuple(span.made_of(maps.d[bit] ^ 1 << bit) or 0 for bit in range(lanes))):
        yield begin
        yield _completed(maps, begin)


def _completed(maps: Maps, skew: tuple[int, ...]) -> tuple[int, ...]:
    """E changed so that lanes which would ask the same lane ask different ones."""
    for _ in range(len(skew)):
        span = linear.Span(linear.added(linear.composed(maps.c, skew), maps.d))
        missing = next((1 << bit for bit, flip in enumerate(maps.c) if flip not in span), None)
        if not span.relations or missing is None:
            break
        skew = _with(skew, span.relations[-1].bit_length() - 1, missing)
    return skew
