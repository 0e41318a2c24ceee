"""Random kernels whose warps go ways of their own around products of small integers, as CUDA and as what they must give."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SUMS, TILES, WARPS, LARGEST = 3, 4, 6, 1 << 20
N, FLAG, MANY, COUNTS = 3, 1, 11, (2, 0, 3, 1, 4, 2)
"""What kernels are given beside matrices: a number, a flag, the turns of long loops, and a number for each warp."""
Tile = npt.NDArray[np.int64]
LANES, _ELEMENTS = np.arange(32), np.arange(8)
ROWS = LANES[:, None] // 4 + _ELEMENTS // 2 % 2 * 8
COLUMNS = LANES[:, None] % 4 * 2 + _ELEMENTS % 2 + _ELEMENTS // 4 * 8
"""Of the elements of two `mma.m16n8k16` beside each other: by lane and register."""


class TooLarge(Exception):
    """Sums would not be exact in all orders."""


class _Leave(Exception):
    """`break`, `continue` and `return`."""


class _Break(_Leave):
    pass


class _Continue(_Leave):
    pass


class _Return(_Leave):
    pass


@dataclass
class Warp:
    """One warp as it goes: its number and its block's, its sums, and what its lanes have looked at."""

    number: int
    block: int
    a: Tile
    b: Tile
    sums: list[Tile]
    seen: int = 0
    loops: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """Its own number."""
        return COUNTS[self.number]

    def put(self, which: int, value: Tile) -> None:
        """A new value of a sum."""
        if np.abs(value).max() > LARGEST:
            raise TooLarge
        self.sums[which] = value


Action = Callable[[Warp], None]
Asked = Callable[[Warp], int]


@dataclass(frozen=True)
class Statement:
    """CUDA, and what it does to a warp."""

    text: str
    action: Action


@dataclass
class Maker:
    """Makes statements. `parting`: how many conditions may part the warps of a block, of one.

    `indexed`: also statements that take sums by a number which only the run tells. `placed`: also those that tell elements
    of a lane apart, which need documented places.
    """

    source: random.Random
    parting: float
    indexed: bool
    placed: bool

    def block(self, depth: int, most: int) -> Statement:
        """Several, one after the other."""
        made = [self.statement(depth) for _ in range(self.source.randint(1, most))]

        def action(warp: Warp) -> None:
            for each in made:
                each.action(warp)

        return Statement("\n".join(each.text for each in made), action)

    def statement(self, depth: int) -> Statement:
        """Products are the most frequent."""
        simple = [self._product, self._product, self._product, self._mix, self._other, self._choice] + [self._by_lane] * self.placed
        ways = [self._guard, self._guard, self._loop, self._loop] * (depth < 4) + [self._row, self._row] * (depth < 3)
        leaving = [self._return] * (self.parting > 0) + [self._leave] * (depth > 1)
        return self.source.choice(simple + ways + leaving)(depth)

    def _product(self, depth: int) -> Statement:
        x, y = self.source.randrange(TILES), self.source.randrange(TILES)
        index, which = self._index()
        operands = f"j.a + {x} * Way::OF_A, j.b + {y} * Way::OF_B"
        text = self.source.choice((f"Way::add(s[{index}], {operands});", f"Way::add(s[{index}], {operands});",
                                   f"step<Way>(s[{index}], {operands});",
                                   f"[&](auto& sums) {{ Way::add(sums, {operands}); }}(s[{index}]);"))  # fmt: skip
        return Statement(text, lambda warp: warp.put(which(warp), warp.sums[which(warp)] + warp.a[x] @ warp.b[y]))

    def _index(self) -> tuple[str, Asked]:
        if self.indexed and self.source.random() < 0.3:
            return f"(count + 1) % {SUMS}", lambda warp: (warp.count + 1) % SUMS
        which = self.source.randrange(SUMS)
        return str(which), lambda warp: which

    def _mix(self, depth: int) -> Statement:
        one, other, sign = self.source.randrange(SUMS), self.source.randrange(SUMS), self.source.choice((1, -1))
        return Statement(f"mix<Way>(s[{one}], s[{other}], {sign});",
                         lambda warp: warp.put(one, warp.sums[one] + sign * warp.sums[other]))  # fmt: skip

    def _other(self, depth: int) -> Statement:
        one, other = self.source.randrange(SUMS), self.source.randrange(SUMS)

        def exchange(warp: Warp) -> None:
            warp.sums[one], warp.sums[other] = warp.sums[other], warp.sums[one]

        def look(warp: Warp) -> None:
            warp.seen += int(warp.sums[one].sum())
            if abs(warp.seen) > LARGEST:
                raise TooLarge

        return self.source.choice((
            Statement(f"negate<Way>(s[{one}]);", lambda warp: warp.put(one, -warp.sums[one])),
            Statement(f"exchange<Way>(s[{one}], s[{other}]);", exchange),
            Statement(f"seen += looked_at<Way>(s[{one}]);", look),
            Statement(f"s[{one}] = s[{other}];", lambda warp: warp.put(one, warp.sums[other])),
        ))  # fmt: skip

    def _by_lane(self, depth: int) -> Statement:
        one, other = self.source.sample(range(SUMS), 2)
        i, k = self.source.randrange(8), self.source.randrange(32)
        rows, columns = ROWS[:, i], COLUMNS[:, i]

        def changed(warp: Warp, places: tuple[Tile, ...], values: Tile) -> None:
            made = warp.sums[one].copy()
            made[places] = values
            warp.put(one, made)

        def of(warp: Warp, number: int) -> Tile:
            return warp.sums[number][rows, columns]

        some = k < LANES
        return self.source.choice((
            Statement(f"Way::element(s[{one}], {i}) += lane;", lambda warp: changed(warp, (rows, columns), of(warp, one) + LANES)),
            Statement(f"if (lane > {k}) s[{one}] = s[{other}];",
                      lambda warp: changed(warp, (ROWS[some], COLUMNS[some]), warp.sums[other][ROWS[some], COLUMNS[some]])),
            Statement(f"Way::element(s[{one}], {i}) = __shfl_xor_sync(~0u, Way::element(s[{one}], {i}), {k});",
                      lambda warp: changed(warp, (rows, columns), of(warp, one)[LANES ^ k])),
            Statement(f"Way::element(s[{one}], {i}) = Way::element(s[{other}], {7 - i});",
                      lambda warp: changed(warp, (rows, columns), warp.sums[other][ROWS[:, 7 - i], COLUMNS[:, 7 - i]])),
        ))  # fmt: skip

    def _choice(self, depth: int) -> Statement:
        text, asked = self._condition(depth)
        one, first, second = (self.source.randrange(SUMS) for _ in range(3))
        return Statement(f"s[{one}] = {text} ? s[{first}] : s[{second}];",
                         lambda warp: warp.put(one, warp.sums[first if asked(warp) else second]))  # fmt: skip

    def _condition(self, depth: int) -> tuple[str, Asked]:
        k = self.source.randrange(3)
        if self.source.random() < self.parting:
            return self.source.choice((
                ("w % 2", lambda warp: warp.number % 2), (f"w % 3 == {k}", lambda warp: warp.number % 3 == k),
                (f"count > {k}", lambda warp: warp.count > k)))  # fmt: skip
        choices: list[tuple[str, Asked]] = [
            ("blockIdx.x % 2", lambda warp: warp.block % 2), ("j.flag", lambda warp: FLAG), (f"j.n > {k}", lambda warp: k < N)]
        for loop in range(depth - 1):
            choices.append((f"t{loop} == {k}", lambda warp, loop=loop: warp.loops[loop] == k if loop < len(warp.loops) else 0))
        return self.source.choice(choices)

    def _guard(self, depth: int) -> Statement:
        text, asked = self._condition(depth)
        then, other = self.block(depth, 4), self.block(depth, 3) if self.source.random() < 0.5 else None

        def action(warp: Warp) -> None:
            if asked(warp):
                then.action(warp)
            elif other is not None:
                other.action(warp)

        return Statement(f"if ({text}) {{\n{then.text}\n}}" + (f" else {{\n{other.text}\n}}" if other else ""), action)

    def _loop(self, depth: int) -> Statement:
        parts = self.source.random() < self.parting
        own: list[tuple[str, Asked]] = [("count", lambda warp: warp.count), ("w % 3", lambda warp: warp.number % 3)]
        shared: list[tuple[str, Asked]] = [("j.n", lambda warp: N), ("2", lambda warp: 2)]
        text, asked = self.source.choice(own if parts else shared)
        body, at = self.block(depth + 1, 4), depth - 1
        hint = self.source.choice(("", "#pragma unroll 1\n"))

        def action(warp: Warp) -> None:
            outer = warp.loops
            with suppress(_Break):
                for turn in range(asked(warp)):
                    warp.loops = (*outer, turn)
                    with suppress(_Continue):
                        body.action(warp)
            warp.loops = outer

        return Statement(f"{hint}for (int t{at} = 0; t{at} < {text}; ++t{at}) {{\n{body.text}\n}}", action)

    def _row(self, depth: int) -> Statement:
        """Products along k in a loop of its own, which a condition of the kernel may guard in every turn."""
        one, x, y = self.source.randrange(SUMS), self.source.randrange(TILES), self.source.randrange(TILES)
        own = self.source.random() < self.parting
        turns, count = ("count * 3", lambda warp: warp.count * 3) if own else ("j.many", lambda warp: MANY)
        guard, asked = self._condition(1) if self.source.random() < 0.4 else ("true", lambda warp: 1)

        def action(warp: Warp) -> None:
            for t in range(count(warp) if asked(warp) else 0):
                warp.put(one, warp.sums[one] + warp.a[(t + x) % TILES] @ warp.b[(3 * t + y) % TILES])

        operands = f"j.a + (t + {x}) % {TILES} * Way::OF_A, j.b + (3 * t + {y}) % {TILES} * Way::OF_B"
        return Statement(f"for (int t = 0; t < {turns}; ++t)\nif ({guard}) Way::add(s[{one}], {operands});", action)

    def _leave(self, depth: int) -> Statement:
        text, asked = self._condition(depth)
        word, how = self.source.choice((("break", _Break), ("continue", _Continue)))
        return Statement(f"if ({text}) {word};", self._raising(asked, how))

    def _return(self, depth: int) -> Statement:
        text, asked = self._condition(depth)
        return Statement(f"if ({text} && w % 4 == 1) {{\nfinish<Way>(j, w, s, seen);\nreturn;\n}}",
                         self._raising(lambda warp: asked(warp) and warp.number % 4 == 1, _Return))  # fmt: skip

    def _raising(self, asked: Asked, how: type[_Leave]) -> Action:
        def action(warp: Warp) -> None:
            if asked(warp):
                raise how

        return action


@dataclass(frozen=True)
class Kernel:
    """One of them. `whole`: all threads of its blocks go to its end, unless a statement says otherwise."""

    body: Statement
    whole: bool

    def text(self, name: str) -> str:
        """The definition."""
        first = "" if self.whole else "if (threadIdx.x / 32 >= warps || w >= j.warps) return;"
        return f"""
template <class Way>
__global__ void {name}(Job<Way> j) {{
  const int warps = blockDim.x / 32, w = blockIdx.x * warps + threadIdx.x / 32, lane = threadIdx.x % 32;
  {first}
  const int count = j.counts[w];
  typename Way::Sums s[SUMS];
  typename Way::S seen = 0;
  for (int i = 0; i < SUMS; ++i) Way::load(s[i], j.c + (w * SUMS + i) * Way::AREA);
  {self.body.text}
  finish<Way>(j, w, s, seen);
}}
"""

    def results(self, a: Tile, b: Tile, c: Tile, threads: int) -> list[Warp]:
        """Every warp at its end. Raises `TooLarge`."""
        warps = [Warp(w, w // (threads // 32), a, b, list(c[w])) for w in range(WARPS)]
        for warp in warps:
            with suppress(_Return):
                self.body.action(warp)
        return warps


    @property
    def threads(self) -> tuple[int, ...]:
        """Of the blocks that it is run in."""
        return (32, 64, 96) if self.whole else (48, 64, 80, 128)


def kernels(seed: int, placed: bool) -> Iterator[Kernel]:
    """Without end; every fourth program's take sums by numbers of the run. `placed`: as `Maker` has it."""
    source = random.Random(seed)
    while True:
        maker = Maker(source, source.choice((0, 0.3, 1)), seed % 4 == 3, placed)
        yield Kernel(maker.block(1, 9), source.random() < 0.6)
