"""Products by MFMA that stay within a warp's own lanes: each of the two warps of a wave has its own A, B, C and D.

A 4x4 unit works on blocks of four lanes. CBSZ makes 2**CBSZ neighbouring blocks take the A of one of them, which ABID names, so
that one instruction multiplies four rows with as many columns as these blocks have lanes: 8, 16 or 32. With m16n16k16:

    C    lane: column + 16 (row / 8)            registers: row % 8
    B    lane: column, copied to lane + 16      registers: k
    A    lane: row % 4 + 4 (row / 4 % 2) + 8 (k / 8) + 16 (row / 8)     registers: k % 8

Where C has fewer columns than the warp has lanes, the highest bits of the row are the lane's highest. Eight instructions multiply
for both warps. The transposed product has rows in the lanes and B in the place of A.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter, overload
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.tiles.layout import Layout, Place
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.vectors import as_words, elements, joined, length, packed, piece, zeros
from crosswarp.ir.types import BFLOAT, FLOAT, HALF, I32, IntType, VectorType
from crosswarp.ir.values import Value
from crosswarp.targets.amdgpu.tiles.mfma_units import (
    F16,
    F32,
    I8,
    KINDS,
    Kinds,
    Machine,
    Sides,
    Unit,
    closed,
    conversion_cost,
    opened,
    operands,
)
from crosswarp.targets.amdgpu.tiles.whole_wave import GUARD_COST, Ways, guarded

_LANES = 5


def _log2(number: int) -> int:
    return number.bit_length() - 1


@dataclass(frozen=True)
class Plan:
    """`narrow` by `inner` (in A's place) times `inner` by `wide`, for a unit of `depth`. Sides are powers of two."""

    narrow: int
    wide: int
    inner: int
    depth: int

    @property
    def cbsz(self) -> int:
        """How many blocks share an A, as a power of two."""
        return _log2(self.wide) - 2

    @property
    def top(self) -> int:
        """Bits of the row that are in the lane."""
        return min(_LANES - _log2(self.wide), _log2(self.narrow) - 2)

    @property
    def quads(self) -> list[int]:
        """Rows at which a lane's further groups of four begin, by bits."""
        return [4 << bit for bit in range(_log2(self.narrow) - 2 - self.top)]

    @property
    def steps(self) -> list[int]:
        """Where further instructions begin in the inner dimension, by bits."""
        return [self.depth << bit for bit in range(_log2(self.inner // self.depth))]

    @property
    def in_registers(self) -> int:
        """How many bits of step and quad are in registers of A; the others are in its blocks."""
        return max(0, len(self.steps) + len(self.quads) - self.cbsz)

    def layouts(self) -> tuple[Layout, Layout, Layout]:
        """Of A, B and C."""
        rows, columns, depths = (_log2(x) for x in (self.narrow, self.wide, self.inner))
        tops: list[Place] = [(4 << len(self.quads) + bit, 0) for bit in range(self.top)]
        tops += [(0, 0)] * (_LANES - columns - self.top)
        across: list[Place] = [(0, 1 << bit) for bit in range(columns)]
        own_rows: list[Place] = [(1, 0), (2, 0), *((x, 0) for x in self.quads)]
        c = Layout.of({"register": own_rows, "lane": [*across, *tops]}, row=rows, column=columns)
        inner: list[Place] = [(1 << bit, 0) for bit in range(depths)]
        b = Layout.of({"register": inner, "lane": [*across, *[(0, 0)] * (_LANES - columns)]}, row=depths, column=columns)
        places: list[Place] = [*((0, x) for x in self.steps), *((x, 0) for x in self.quads)]
        blocks = (places[self.in_registers :] + [(0, 0)] * self.cbsz)[: self.cbsz]
        registers: list[Place] = [*((0, 1 << bit) for bit in range(_log2(self.depth))), *places[: self.in_registers]]
        a = Layout.of({"register": registers, "lane": [(1, 0), (2, 0), *blocks, *tops]}, row=rows, column=depths)
        return a, b, c


def multiplied(e: Emitter, unit: Unit, plan: Plan, parts: Sequence[Value], sums: Sequence[Value]) -> list[Value]:
    """The sums for each four rows. `parts`: operands of B, then of A; the chains of the sums are independent of each other."""
    totals = list(sums)
    steps = plan.inner // plan.depth
    wide, narrow = parts[:steps], parts[steps:]
    for step in range(steps):
        for quad, total in enumerate(totals):
            number = quad * steps + step
            a, block = narrow[number % len(narrow)], number // len(narrow)
            modifiers = (ConstantInt(I32, x) for x in (plan.cbsz, block, 0))
            totals[quad] = e.call(f"llvm.amdgcn.mfma.{unit.small}", total.type, a, wide[step], total, *modifiers, convergent=True)
    return totals


def computed(e: Emitter, unit: Unit, plan: Plan, parts: Sequence[Value], sums: Sequence[Value]) -> list[Value]:
    """The same without MFMA: each lane gets the rows of A from the lanes of its warp that hold them. Sums go through k in ascending
    order, as fused additions.
    """
    totals = [elements(e, total) for total in sums]
    steps = plan.inner // plan.depth
    wide, narrow = [_numbers(e, unit, part) for part in parts[:steps]], parts[steps:]
    group = e.op("and", warp.lane(e), ~((4 << plan.cbsz) - 1))
    for step in range(steps):
        for quad in range(len(totals)):
            number = quad * steps + step
            a, block = narrow[number % len(narrow)], number // len(narrow)
            for row in range(4):
                moved = _from_lane(e, a, e.op("or", group, 4 * block + row))
                for x, y in zip(_numbers(e, unit, moved), wide[step], strict=True):
                    totals[quad][row] = _added(e, x, y, totals[quad][row])
    return [packed(e, total) for total in totals]


def _from_lane(e: Emitter, value: Value, source: Value) -> Value:
    """Another lane's operand."""
    words = as_words(e, value) if isinstance(value.type, VectorType) else e.builder.cast("bitcast", value, I32)
    each = elements(e, words) if isinstance(words.type, VectorType) else [words]
    moved = [warp.from_lane(e, word, source) for word in each]
    return e.builder.cast("bitcast", packed(e, moved) if len(moved) > 1 else moved[0], value.type)


def _numbers(e: Emitter, unit: Unit, operand: Value) -> list[Value]:
    """The elements of an operand in the type of the sums."""
    if unit is F32:
        return [operand]
    if unit is I8:
        parts = e.builder.cast("bitcast", operand, VectorType(unit.depth, IntType(8)))
        return elements(e, e.builder.cast("sext", parts, VectorType(unit.depth, I32)))
    kind = VectorType(unit.depth, HALF if unit is F16 else BFLOAT)
    return elements(e, e.builder.cast("fpext", e.builder.cast("bitcast", operand, kind), VectorType(unit.depth, FLOAT)))


def _added(e: Emitter, x: Value, y: Value, total: Value) -> Value:
    if total.type is I32:
        return e.op("add", total, e.op("mul", x, y))
    return e.intrinsic("fma", x, y, total)


@dataclass(frozen=True)
class _Emissions:
    """How a product is emitted: `flipped` has B in A's place; `saturates` adds C at the end, clamped."""

    unit: Unit
    plan: Plan
    kinds: tuple[str, str]
    flipped: bool
    saturates: bool

    def anywhere(self, e: Emitter, a: Value, b: Value, c: Value) -> Value:
        """Right whichever lanes of the wave are active."""
        plan, unit = self.plan, self.unit
        name = f"__cw.mfma.{unit.small}.{plan.narrow}.{plan.wide}.{plan.inner}"
        return self._emitted(e, a, b, c, lambda e, ways, *values: guarded(e, name, ways, *values))

    def together(self, e: Emitter, a: Value, b: Value, c: Value) -> Value:
        """Right where all lanes of the wave are active."""
        return self._emitted(e, a, b, c, lambda e, ways, *values: ways.together(e, *values))

    def _emitted(self, e: Emitter, a: Value, b: Value, c: Value, way: Callable[..., list[Value]]) -> Value:
        ways = Ways(lambda e, *values: multiplied(e, self.unit, self.plan, *values),
                    lambda e, *values: computed(e, self.unit, self.plan, *values))  # fmt: skip
        narrow, wide = (operands(e, self.unit, kind, value) for kind, value in zip(self.kinds, (a, b), strict=True))
        if self.flipped:
            narrow, wide = wide, narrow
        begin = zeros(length(c), I32) if self.saturates else opened(e, self.unit, c)
        quads = [piece(e, begin, first, 4) for first in range(0, length(c), 4)]
        sums = joined(e, way(e, ways, [*wide, *narrow], quads))
        if self.saturates:
            return e.call(f"llvm.sadd.sat.{overload(c.type)}", c.type, sums, c)
        return closed(e, sums, c)


@cache
def products(machine: Machine) -> tuple[NativeProduct, ...]:
    """All of them."""
    return tuple(product for kinds, shapes in KINDS.items() for sides in shapes for product in _of(machine, kinds, sides))


def _of(machine: Machine, kinds: Kinds, sides: Sides) -> Iterator[NativeProduct]:
    for flipped in (False, True):
        yield _product(machine, kinds, sides, flipped, False)
        if kinds[2] == "s32" and machine.unit(*kinds[:2]) is I8:
            yield _product(machine, kinds, sides, flipped, True)


def _product(machine: Machine, kinds: Kinds, sides: Sides, flipped: bool, saturates: bool) -> NativeProduct:
    (m, n, k), unit = sides, machine.unit(kinds[0], kinds[1])
    plan = Plan(n, m, k, unit.depth) if flipped else Plan(m, n, k, unit.depth)
    a, b, c = plan.layouts()
    if flipped:
        a, b, c = b.transposed(), a.transposed(), c.transposed()
    name = f"mfma local {'.'.join(kinds)} m{m}n{n}k{k}" + " transposed" * flipped + " satfinite" * saturates
    emissions = _Emissions(unit, plan, kinds[:2], flipped, saturates)
    instructions = plan.narrow * k // (unit.depth * 4 << plan.top)
    moved = conversion_cost(unit, kinds, (a.size("register"), b.size("register"), c.size("register")))
    return NativeProduct(name, sides, kinds, a, b, c, emissions.anywhere, instructions + moved + GUARD_COST,
                         frozenset({"satfinite"} if saturates else ()), emit_uniform=emissions.together)
