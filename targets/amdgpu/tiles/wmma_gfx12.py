"""Products of gfx12: each half of a wave holds half of the k of A and B, and eight successive rows of C.

    A    lane: row + 16 (k / 8)        registers: k % 8
    B    lane: column + 16 (k / 8)     registers: k % 8
    C    lane: column + 16 (row / 8)   registers: row % 8

The unit numbers the k of 16-bit formats otherwise; as A and B agree, that is only the order of the sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.native import Emission, NativeProduct
from crosswarp.targets.amdgpu.tiles.compose import renumbered
from crosswarp.targets.amdgpu.tiles.wmma import (
    COLUMNS,
    ROWS,
    SHAPES,
    Sides,
    float_call,
    half_call,
    integer_call,
    integer_kinds,
    saturating,
    shaped,
    side_by_side,
)

_TOGETHER, _PAIRS = (0, 1, 2, 3), (0, 1, 3, 2)
_C = Layout.of({"register": ROWS[:3], "lane": [*COLUMNS, ROWS[3]]}, row=4, column=4)
_FLOAT8 = {"e4m3": "fp8", "e5m2": "bf8"}


@cache
def products() -> tuple[NativeProduct, ...]:
    """All of them."""
    return (*_floats(), *_bytes(), *_integers("16x16x16.iu8.v8i32.v2i32", "s8", "u8", 16),
            *_integers("16x16x16.iu4.v8i32.i32", "s4", "u4", 16), *_integers("16x16x32.iu4.v8i32.v2i32", "s4", "u4", 32))


def _unit(kinds: tuple[str, str, str], emit: Emission, k: int = 16, cost: int = 1) -> NativeProduct:
    bits = k.bit_length() - 1
    along = [1 << bit for bit in range(bits)]
    a = Layout.of({"register": [(0, x) for x in along[:-1]], "lane": [*ROWS, (0, along[-1])]}, row=4, column=bits)
    b = Layout.of({"register": [(x, 0) for x in along[:-1]], "lane": [*COLUMNS, (along[-1], 0)]}, row=bits, column=4)
    return NativeProduct(" ".join([f"wmma k{k}", ".".join(kinds)]), (16, 16, k), kinds, a, b, _C, emit, cost)


def _shaped(unit: NativeProduct, kind: str) -> Iterator[NativeProduct]:
    """Half of k is half of the registers: the lanes then differ in the next lower bit."""
    k = unit.sides[2]
    split = renumbered(unit, k=(0, 1, 3, 2)) if k == 16 else unit
    for product in shaped(unit, [sides for sides in SHAPES[kind] if _fits(sides, k)], _TOGETHER, _PAIRS):
        yield product
        if product.sides[2] > k:
            yield _wide(product, k)
    yield from shaped(split, [sides for sides in SHAPES[kind] if sides[2] < k], _TOGETHER, _PAIRS)


def _wide(product: NativeProduct, k: int) -> NativeProduct:
    """Units in a row along k whose lanes hold successive k of both: one load of twice the width."""
    unit, whole = k.bit_length() - 1, product.sides[2].bit_length() - 1
    order = (*range(unit - 1), whole - 1, *range(unit - 1, whole - 1))
    return replace(renumbered(product, k=order), name=f"{product.name}, wide")


def _fits(sides: Sides, k: int) -> bool:
    return sides[2] >= k


def _floats() -> Iterator[NativeProduct]:
    for kind, name in (("f16", "f16.v8f32.v8f16"), ("bf16", "bf16.v8f32.v8i16")):
        unit = _unit((kind, kind, "f32"), float_call(f"f32.16x16x16.{name}"))
        yield from (*_shaped(unit, "f16"), *side_by_side(unit, _TOGETHER, _PAIRS, (1, 2)))
    yield from _shaped(_unit(("f16", "f16", "f16"), half_call("f16.16x16x16.f16.v8f16.v8f16")), "f16")


def _bytes() -> Iterator[NativeProduct]:
    for a, left in _FLOAT8.items():
        for b, right in _FLOAT8.items():
            call = float_call(f"f32.16x16x16.{left}.{right}.v8f32.v2i32")
            yield from _shaped(_unit((a, b, "f32"), call), "e4m3")


def _integers(name: str, signed: str, unsigned: str, k: int) -> Iterator[NativeProduct]:
    for kinds in integer_kinds(signed, unsigned):
        unit = _unit((*kinds, "s32"), integer_call(f"i32.{name}", kinds), k)
        for product in _shaped(unit, signed):
            yield from (product, saturating(product))
