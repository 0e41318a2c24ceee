"""Random kernels of one warp around products of 8 by 8 doubles: sums in loops and branches, element-wise, observed by lane.

Numbers are small integers, so that every order of sums gives the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

SUMS, FACTORS, OUTPUTS = 3, 2, 4
_PRODUCT = "mma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64"
_OPEN_PRODUCT = "wmma.mma.sync.aligned.row.col.m8n8k4.f64.f64.f64.f64"
_WHOLE_FUNCTION = 64 * 8


@dataclass(frozen=True)
class Statement:
    """One line; `inside` are those of a branch or loop. Numbers choose sums and factors."""

    kind: str
    numbers: tuple[int, ...] = ()
    inside: tuple[Statement, ...] = ()


_NUMBERS = st.tuples(*[st.integers(0, 5)] * 4)
_PLAIN = st.builds(Statement, st.sampled_from(["product", "product", "open", "scale", "add", "choose", "observe", "move", "store"]),
                   _NUMBERS)  # fmt: skip
_BLOCKS = st.builds(Statement, st.sampled_from(["loop", "if", "guard"]), _NUMBERS,
                    st.lists(_PLAIN, min_size=1, max_size=4).map(tuple))  # fmt: skip
PROGRAMS = st.lists(st.one_of(_PLAIN, _BLOCKS), min_size=2, max_size=6)


class Kernel:
    """LLVM text. Each register of a sum is a variable; a pass of LLVM makes values and phis of them."""

    def __init__(self, program: list[Statement]) -> None:
        self._lines: list[str] = []
        self._count = 0
        self._sums([f"load.c.sync.aligned.row.m8n8k4.f64 {n}" for n in range(SUMS)])
        for statement in program:
            self._statement(statement)
        for n in range(SUMS):
            self._statement(Statement("store", (n, n, n, n)))
            self._statement(Statement("lanes", (n,)))

    @property
    def text(self) -> str:
        """The module."""
        body = "\n  ".join(self._lines)
        return f"""declare i32 @llvm.nvvm.read.ptx.sreg.laneid()
declare void @llvm.nvvm.bar.warp.sync(i32)
define ptx_kernel void @k(ptr %out, ptr %in, i32 %count, i32 %flag, double %scale) {{
  {body}
  ret void
}}
"""

    def _new(self, text: str) -> str:
        self._count += 1
        self._lines.append(f"%v{self._count} = {text}")
        return f"%v{self._count}"

    def _sums(self, loads: list[str]) -> None:
        self._lines += [f"%s{n}.{r} = alloca double" for n in range(SUMS) for r in range(2)]
        self._lines += [f"%i{n} = alloca i32" for n in range(9)]
        self._lines.append("%lane = call i32 @llvm.nvvm.read.ptx.sreg.laneid()")
        for n, load in enumerate(loads):
            at = self._new(f"getelementptr i8, ptr %in, i64 {n * _WHOLE_FUNCTION}")
            both = self._new(f'call {{ double, double }} asm sideeffect "wmma.{load[:-2]} {{$0, $1}}, [$2], $3;", "=d,=d,l,r"'
                             f"(ptr {at}, i32 8)")  # fmt: skip
            self._give(n, [self._new(f"extractvalue {{ double, double }} {both}, {r}") for r in range(2)])

    def _take(self, number: int) -> list[str]:
        return [self._new(f"load double, ptr %s{number % SUMS}.{r}") for r in range(2)]

    def _give(self, number: int, values: list[str]) -> None:
        self._lines += [f"store double {value}, ptr %s{number % SUMS}.{r}" for r, value in enumerate(values)]

    def _factor(self, letter: str, number: int, by_rows: int) -> str:
        at = self._new(f"getelementptr i8, ptr %in, i64 {SUMS * _WHOLE_FUNCTION + number % FACTORS * 256}")
        layout = "row" if (by_rows % 2 == 0) == (letter == "a") else "col"
        pitch = 4 if (layout == "row") == (letter == "a") else 8
        return self._new(f'call double asm sideeffect "wmma.load.{letter}.sync.aligned.{layout}.m8n8k4.f64 {{$0}}, [$1], $2;", '
                         f'"=d,l,r"(ptr {at}, i32 {pitch})')  # fmt: skip

    def _statement(self, one: Statement) -> None:
        getattr(self, f"_{one.kind}")(one)

    def _product(self, one: Statement, mnemonic: str = _PRODUCT) -> None:
        to, given, a, b = one.numbers
        operands = [self._factor("a", a, b), self._factor("b", b, a), *self._take(given)]
        listed = ", ".join(f"double {operand}" for operand in operands)
        both = self._new(f'call {{ double, double }} asm sideeffect "{mnemonic} {{$0, $1}}, {{$2}}, {{$3}}, {{$4, $5}};", '
                         f'"=d,=d,d,d,d,d"({listed})')  # fmt: skip
        self._give(to, [self._new(f"extractvalue {{ double, double }} {both}, {r}") for r in range(2)])

    def _open(self, one: Statement) -> None:
        self._product(one, _OPEN_PRODUCT)

    def _scale(self, one: Statement) -> None:
        self._give(one.numbers[0], [self._new(f"fmul double {x}, %scale") for x in self._take(one.numbers[1])])

    def _add(self, one: Statement) -> None:
        pairs = zip(self._take(one.numbers[1]), self._take(one.numbers[2]), strict=True)
        self._give(one.numbers[0], [self._new(f"fadd double {x}, {y}") for x, y in pairs])

    def _choose(self, one: Statement) -> None:
        condition = self._new(f"icmp ugt i32 {'%flag' if one.numbers[3] % 2 else '%lane'}, {one.numbers[3] % 3}")
        pairs = zip(self._take(one.numbers[1]), self._take(one.numbers[2]), strict=True)
        self._give(one.numbers[0], [self._new(f"select i1 {condition}, double {x}, double {y}") for x, y in pairs])

    def _observe(self, one: Statement) -> None:
        """One register of each lane changes by the lane's number."""
        values, number = self._take(one.numbers[0]), self._new("uitofp i32 %lane to double")
        values[one.numbers[1] % 2] = self._new(f"fadd double {values[one.numbers[1] % 2]}, {number}")
        self._give(one.numbers[0], values)

    def _move(self, one: Statement) -> None:
        self._give(one.numbers[0], self._take(one.numbers[1])[:: -1 if one.numbers[2] % 2 else 1])

    def _store(self, one: Statement) -> None:
        at = self._new(f"getelementptr i8, ptr %out, i64 {one.numbers[1] % OUTPUTS * _WHOLE_FUNCTION}")
        values = ", ".join(f"double {x}" for x in self._take(one.numbers[0]))
        layout = "row" if one.numbers[2] % 2 else "col"
        self._lines.append("call void @llvm.nvvm.bar.warp.sync(i32 -1)")  # whoever wrote there before may have been another lane
        self._lines.append(f'call void asm sideeffect "wmma.store.d.sync.aligned.{layout}.m8n8k4.f64 [$2], {{$0, $1}}, $3;", '
                           f'"d,d,l,r"({values}, ptr {at}, i32 8)')  # fmt: skip

    def _lanes(self, one: Statement) -> None:
        for r, value in enumerate(self._take(one.numbers[0])):
            place = self._new(f"add i32 %lane, {OUTPUTS * 64 + (2 * one.numbers[0] + r) * 32}")
            self._lines.append(f"store double {value}, ptr {self._new(f'getelementptr double, ptr %out, i32 {place}')}")

    def _if(self, one: Statement) -> None:
        self._branch("icmp eq i32 %flag, 1", one)

    def _guard(self, one: Statement) -> None:
        """A branch that some lanes take; nothing in it needs the others."""
        plain = tuple(each for each in one.inside if each.kind in ("scale", "add", "choose", "observe", "move"))
        self._branch(f"icmp ult i32 %lane, {3 + 5 * one.numbers[0]}", Statement("if", one.numbers, plain))

    def _branch(self, condition: str, one: Statement) -> None:
        number = self._count
        self._lines.append(f"br i1 {self._new(condition)}, label %then{number}, label %end{number}")
        self._lines.append(f"then{number}:")
        for each in one.inside:
            self._statement(each)
        self._lines += [f"br label %end{number}", f"end{number}:"]

    def _loop(self, one: Statement) -> None:
        number, counter = self._count, f"%i{one.numbers[0]}"
        self._lines += [f"store i32 0, ptr {counter}", f"br label %head{number}", f"head{number}:"]
        more = self._new(f"icmp ult i32 {self._new(f'load i32, ptr {counter}')}, %count")
        self._lines += [f"br i1 {more}, label %body{number}, label %done{number}", f"body{number}:"]
        for each in one.inside:
            self._statement(each)
        self._lines.append(self._next(counter))
        self._lines += [f"br label %head{number}", f"done{number}:"]

    def _next(self, counter: str) -> str:
        value = self._new(f"load i32, ptr {counter}")
        return f"store i32 {self._new(f'add i32 {value}, 1')}, ptr {counter}"
