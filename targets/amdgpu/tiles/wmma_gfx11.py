"""Products of gfx11: both halves of a wave hold all of A and B, and rows of C alternate between them.

    A    lane: row % 16, copied to lane + 16    registers: k
    B    lane: column % 16, copied              registers: k
    C    lane: column + 16 (row % 2)            registers: row / 2

f16 results fill one half of their registers, and stay so from the first product of a chain to the last. Eight-bit floats become
f16, which has all of their values: their products are exact in the f32 that the unit adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.native import Emission, Held, NativeProduct
from crosswarp.ir.tiles.vectors import elements, packed, shuffled
from crosswarp.ir.types import HALF, VectorType
from crosswarp.ir.values import Value
from crosswarp.targets.amdgpu.tiles.wmma import (
    COLUMNS,
    ROWS,
    SHAPES,
    float_call,
    half_call,
    integer_call,
    integer_kinds,
    saturating,
    shaped,
    side_by_side,
)

_TOGETHER, _PAIRS = (3, 0, 1, 2), (2, 0, 1, 3)
_A = Layout.of({"register": COLUMNS, "lane": [*ROWS, (0, 0)]}, row=4, column=4)
_B = Layout.of({"register": ROWS, "lane": [*COLUMNS, (0, 0)]}, row=4, column=4)
_C = Layout.of({"register": [(2, 0), (4, 0), (8, 0)], "lane": [*COLUMNS, (1, 0)]}, row=4, column=4)


@cache
def products() -> tuple[NativeProduct, ...]:
    """All of them."""
    return (*_floats(), *_bytes(), *_integers("iu8", "s8", "u8", 4), *_integers("iu4", "s4", "u4", 2))


def _unit(kinds: tuple[str, str, str], emit: Emission, cost: int = 1) -> NativeProduct:
    return NativeProduct(" ".join(["wmma", ".".join(kinds)]), (16, 16, 16), kinds, _A, _B, _C, emit, cost)


def _shaped(unit: NativeProduct, kind: str) -> Iterator[NativeProduct]:
    return shaped(unit, SHAPES[kind], _TOGETHER, _PAIRS)


def _floats() -> Iterator[NativeProduct]:
    for kind, name in (("f16", "f16.v8f32.v16f16"), ("bf16", "bf16.v8f32.v16i16")):
        unit = _unit((kind, kind, "f32"), float_call(f"f32.16x16x16.{name}"))
        yield from (*_shaped(unit, "f16"), *side_by_side(unit, _TOGETHER, _PAIRS, (1,)))
    half = _unit(("f16", "f16", "f16"), half_call("f16.16x16x16.f16.v16f16.v16f16"))
    held = Held(VectorType(16, HALF), _spread, _together, begin_cost=8, end_cost=4, within_lanes=True)
    yield from _shaped(replace(half, held=held), "f16")


def _spread(e: Emitter, value: Value) -> Value:
    """C in the low halves of registers, as the unit has it."""
    places: Sequence[int | None] = [place // 2 if place % 2 == 0 else None for place in range(16)]
    return shuffled(e, value, None, places)


def _together(e: Emitter, value: Value) -> Value:
    """Two of C in each register."""
    return shuffled(e, value, None, range(0, 16, 2))


def _bytes() -> Iterator[NativeProduct]:
    for a in ("e4m3", "e5m2"):
        for b in ("e4m3", "e5m2"):
            yield from _shaped(_unit((a, b, "f32"), _converted(a, b), 1 + 64), "e4m3")


def _converted(*kinds: str) -> Emission:
    call = float_call("f32.16x16x16.f16.v8f32.v16f16")

    def emit(e: Emitter, a: Value, b: Value, c: Value) -> Value:
        left, right = (_as_halves(e, kind, value) for kind, value in zip(kinds, (a, b), strict=True))
        return call(e, left, right, c)

    return emit


def _as_halves(e: Emitter, kind: str, value: Value) -> Value:
    codes = [e.resize(element, 32) for element in elements(e, value)]
    return packed(e, [e.call(f"__cw.cvt.f16.rn.{kind}", HALF, code) for code in codes])


def _integers(name: str, signed: str, unsigned: str, words: int) -> Iterator[NativeProduct]:
    for kinds in integer_kinds(signed, unsigned):
        unit = _unit((*kinds, "s32"), integer_call(f"i32.16x16x16.{name}.v8i32.v{words}i32", kinds))
        for product in _shaped(unit, signed):
            yield from (product, saturating(product))
