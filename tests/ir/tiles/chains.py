"""Random kernels of one warp with two products in a row, the first one's result packed to halves in between, as in attention.

Between them stand operations on each element, on rows (by shuffles, and by sums over a lane's own columns), and by lanes' numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

WORDS, RESULTS = 6, 6
_PRODUCT = "mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32"
_ALL = "i32 -1"


@dataclass(frozen=True)
class Step:
    """One operation on the scores; numbers choose variants."""

    kind: str
    numbers: tuple[int, ...] = (0, 0)


_KINDS = ("scale", "largest", "sum", "own", "mask", "far", "turn", "add", "observe", "halves", "again")
STEPS = st.builds(Step, st.sampled_from(_KINDS), st.tuples(st.integers(0, 3), st.integers(0, 3)))
CHAINS = st.lists(STEPS, min_size=1, max_size=5)


class Chain:
    """LLVM text: a loop of two products. `%s0 ... %s3` are scores, `%c0 ... %c3` sums, `%t0, %t1` and `%m0, %m1` of a row."""

    def __init__(self, steps: list[Step]) -> None:
        self._lines: list[str] = []
        self._count = 0
        self._begin()
        for step in steps:
            getattr(self, f"_{step.kind}")(*step.numbers)
        self._end()

    @property
    def text(self) -> str:
        """The module."""
        body = "\n  ".join(self._lines)
        return f"""declare i32 @llvm.nvvm.read.ptx.sreg.laneid()
declare i32 @llvm.nvvm.shfl.sync.bfly.i32(i32, i32, i32, i32)
declare float @llvm.maxnum.f32(float, float)
declare float @llvm.fma.f32(float, float, float)
define ptx_kernel void @k(ptr %out, ptr %in, i32 %count, float %scale) {{
  {body}
  ret void
}}
"""

    def _new(self, text: str) -> str:
        self._count += 1
        self._lines.append(f"%v{self._count} = {text}")
        return f"%v{self._count}"

    def _take(self, name: str, count: int) -> list[str]:
        return [self._new(f"load float, ptr %{name}{n}") for n in range(count)]

    def _give(self, name: str, values: list[str]) -> None:
        self._lines += [f"store float {value}, ptr %{name}{n}" for n, value in enumerate(values)]

    def _begin(self) -> None:
        for name, count in (("s", 4), ("c", 4), ("t", 2), ("m", 2)):
            self._lines += [f"%{name}{n} = alloca float" for n in range(count)]
        self._lines += ["%turn = alloca i32", "store i32 0, ptr %turn", "%lane = call i32 @llvm.nvvm.read.ptx.sreg.laneid()"]
        at = self._new("getelementptr i32, ptr %in, i32 %lane")
        places = [self._new(f"getelementptr i32, ptr {at}, i32 {32 * n}") for n in range(WORDS)]
        self._words = [self._new(f"load i32, ptr {place}") for place in places]
        for name, count, value in (("c", 4, "0.0"), ("t", 2, "0.0"), ("m", 2, "-64.0")):
            self._give(name, [value] * count)
        self._lines += ["br label %head", "head:"]
        more = self._new(f"icmp ult i32 {self._new('load i32, ptr %turn')}, %count")
        self._lines += [f"br i1 {more}, label %body, label %done", "body:"]
        self._give("s", self._product(self._words[:2], self._words[2], ["0.0"] * 4))

    def _end(self) -> None:
        scores = self._take("s", 4)
        packed = [self._packed(*scores[2 * n : 2 * n + 2]) for n in range(2)]
        self._give("c", self._product(packed, self._words[3], self._take("c", 4)))
        value = self._new("load i32, ptr %turn")
        self._lines += [f"store i32 {self._new(f'add i32 {value}, 1')}, ptr %turn", "br label %head", "done:"]
        results = [*self._take("c", 4), *self._take("t", 2)]
        for n, result in enumerate(results):
            place = self._new(f"getelementptr float, ptr %out, i32 {self._new(f'add i32 %lane, {32 * n}')}")
            self._lines.append(f"store float {result}, ptr {place}")

    def _product(self, a: list[str], b: str, c: list[str]) -> list[str]:
        listed = ", ".join([*(f"i32 {word}" for word in (*a, b)), *(f"float {value}" for value in c)])
        registers = "{$0, $1, $2, $3}, {$4, $5}, {$6}, {$7, $8, $9, $10}"
        whole = self._new(f'call {{ float, float, float, float }} asm sideeffect "{_PRODUCT} {registers};", '
                          f'"=f,=f,=f,=f,r,r,r,f,f,f,f"({listed})')  # fmt: skip
        return [self._new(f"extractvalue {{ float, float, float, float }} {whole}, {n}") for n in range(4)]

    def _packed(self, low: str, high: str) -> str:
        first, second = (self._new(f"fptrunc float {value} to half") for value in (low, high))
        halves = [self._new(f"bitcast half {value} to i16") for value in (first, second)]
        wide = [self._new(f"zext i16 {value} to i32") for value in halves]
        return self._new(f"or i32 {self._new(f'shl i32 {wide[1]}, 16')}, {wide[0]}")

    def _largest_of(self, left: str, right: str) -> str:
        return self._new(f"call float @llvm.maxnum.f32(float {left}, float {right})")

    def _sum_of(self, left: str, right: str) -> str:
        return self._new(f"fadd float {left}, {right}")

    def _other(self, value: str, distance: int) -> str:
        word = self._new(f"bitcast float {value} to i32")
        got = self._new(f"call i32 @llvm.nvvm.shfl.sync.bfly.i32({_ALL}, i32 {word}, i32 {distance}, i32 31)")
        return self._new(f"bitcast i32 {got} to float")

    def _by_rows(self, combine: object, values: list[str]) -> list[str]:
        assert callable(combine)
        for distance in (1, 2):
            values = [combine(value, self._other(value, distance)) for value in values]
        return values

    def _scale(self, a: int, b: int) -> None:
        self._give("s", [self._new(f"fmul float {value}, {'%scale' if a % 2 else '0.5'}") for value in self._take("s", 4)])

    def _largest(self, a: int, b: int) -> None:
        """The running maximum of a row, less which the scores go on; the sums are multiplied by a row's value."""
        scores, before = self._take("s", 4), self._take("m", 2)
        inside = [self._largest_of(before[row], self._largest_of(*scores[2 * row : 2 * row + 2])) for row in range(2)]
        now = self._by_rows(self._largest_of, inside)
        self._give("m", now)
        self._give("s", [self._new(f"fsub float {score}, {now[n // 2]}") for n, score in enumerate(scores)])
        if a % 2:
            self._give("c", [self._new(f"fmul float {value}, {now[n // 2]}") for n, value in enumerate(self._take("c", 4))])

    def _sum(self, a: int, b: int) -> None:
        scores = self._take("s", 4)
        sums = self._by_rows(self._sum_of, [self._sum_of(*scores[2 * row : 2 * row + 2]) for row in range(2)])
        self._give("s", [self._sum_of(score, sums[n // 2]) for n, score in enumerate(scores)])

    def _own(self, a: int, b: int) -> None:
        """Each lane adds up what it holds of a row."""
        scores, totals = self._take("s", 4), self._take("t", 2)
        for n in (0, 2, 1, 3) if a % 2 else range(4):
            totals[n // 2] = self._sum_of(totals[n // 2], scores[n])
        self._give("t", totals)

    def _mask(self, a: int, b: int) -> None:
        """Some elements, by the lane and the register, become zero."""
        scores = self._take("s", 4)
        for n, score in enumerate(scores):
            keeps = self._new(f"icmp ugt i32 {self._new(f'xor i32 %lane, {n * a}')}, {3 + b}")
            scores[n] = self._new(f"select i1 {keeps}, float {score}, float 0.0")
        self._give("s", scores)

    def _far(self, a: int, b: int) -> None:
        """Elements of other rows or columns are added."""
        scores = self._take("s", 4)
        self._give("s", [self._sum_of(score, self._other(score, (1, 4, 6, 16)[a])) for score in scores])

    def _turn(self, a: int, b: int) -> None:
        self._give("s", [self._take("s", 4)[n ^ a] for n in range(4)])

    def _add(self, a: int, b: int) -> None:
        self._give("s", [self._sum_of(score, scored) for score, scored in zip(self._take("s", 4), self._take("c", 4), strict=True)])

    def _observe(self, a: int, b: int) -> None:
        values = self._take("s", 4)
        values[a] = self._sum_of(values[a], self._new("uitofp i32 %lane to float"))
        self._give("s", values)

    def _halves(self, a: int, b: int) -> None:
        """Packed and taken out again."""
        scores = self._take("s", 4)
        for row in range(2):
            word = self._packed(*scores[2 * row : 2 * row + 2])
            parts = (self._new(f"trunc i32 {word} to i16"), self._new(f"trunc i32 {self._new(f'lshr i32 {word}, 16')} to i16"))
            halves = [self._new(f"bitcast i16 {part} to half") for part in parts]
            scores[2 * row : 2 * row + 2] = [self._new(f"fpext half {half} to float") for half in halves]
        self._give("s", scores)

    def _again(self, a: int, b: int) -> None:
        """The scores as a factor once more."""
        scores = self._take("s", 4)
        packed = [self._packed(*scores[2 * n : 2 * n + 2]) for n in range(2)]
        self._give("s", self._product(packed, self._words[4 + a % 2], ["0.0"] * 4 if b % 2 else scores))
