"""WMMA instructions by what they multiply, and the products of PTX's shapes that are made of them.

Source: AMD's RDNA3 and RDNA4 ISA documents ("Wave Matrix Multiply Accumulate") and LLVM's intrinsics of the same names. The units
neither look at EXEC nor at MODE: they round to nearest even and keep subnormal numbers. The order of the sums inside is not
documented, so that results of floats may differ from those of another order by roundings; sums of integers are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.layout import Place
from crosswarp.ir.tiles.native import Emission, NativeProduct
from crosswarp.ir.tiles.vectors import as_words, length, zeros
from crosswarp.ir.types import I1, I16, I32, VectorType
from crosswarp.ir.values import Value
from crosswarp.targets.amdgpu.tiles.compose import fitted, renumbered, transposed

Sides = tuple[int, int, int]
_SIDE = 16
# Rows of C by `pairs`, where those of two lanes are 4 apart, with these next to each other instead.
_LANE_FIRST = {2: 0, 0: 1, 1: 2, 3: 3}
ROWS: list[Place] = [(1, 0), (2, 0), (4, 0), (8, 0)]
COLUMNS: list[Place] = [(0, 1), (0, 2), (0, 4), (0, 8)]
"""What bits of a layout stand for: rows and columns of a unit."""
SATURATING = frozenset({"satfinite"})
SHAPES: dict[str, tuple[Sides, ...]] = {
    "f16": ((16, 16, 16), (32, 8, 16), (8, 32, 16), (16, 8, 16), (16, 8, 8), (16, 16, 8)),
    "s8": ((16, 16, 16), (32, 8, 16), (8, 32, 16), (8, 8, 16), (16, 8, 16), (16, 8, 32), (16, 16, 32)),
    "s4": ((8, 8, 32), (16, 8, 32), (16, 8, 64), (16, 16, 32), (16, 16, 64)),
    "e4m3": ((16, 8, 16), (16, 8, 32), (16, 16, 16), (16, 16, 32)),
}
"""Sides of PTX's shapes by kind, and those of two that share A."""


def float_call(name: str) -> Emission:
    """The intrinsic `llvm.amdgcn.wmma.<name>` on halves, `i16` for bf16 and words for bytes."""
    def emit(e: Emitter, a: Value, b: Value, c: Value) -> Value:
        return e.call(f"llvm.amdgcn.wmma.{name}", c.type, _operand(e, a), _operand(e, b), c, convergent=True)

    return emit


def half_call(name: str) -> Emission:
    """The intrinsic with f16 sums, in the low half of registers where it fills only one."""
    def emit(e: Emitter, a: Value, b: Value, c: Value) -> Value:
        return e.call(f"llvm.amdgcn.wmma.{name}", c.type, a, b, c, ConstantInt(I1, 0), convergent=True)

    return emit


def _operand(e: Emitter, value: Value) -> Value:
    assert isinstance(value.type, VectorType)
    if value.type.element.text == "bfloat":
        return e.builder.cast("bitcast", value, VectorType(length(value), I16))
    return value if value.type.element.text == "half" else as_words(e, value)


def integer_call(name: str, kinds: Sequence[str]) -> Emission:
    """The intrinsic for integers, which wraps around."""
    signs = [ConstantInt(I1, int(kind[0] == "s")) for kind in kinds]

    def emit(e: Emitter, a: Value, b: Value, c: Value) -> Value:
        arguments = (signs[0], as_words(e, a), signs[1], as_words(e, b), c, ConstantInt(I1, 0))
        return e.call(f"llvm.amdgcn.wmma.{name}", c.type, *arguments, convergent=True)

    return emit


def saturating(product: NativeProduct) -> NativeProduct:
    """The product with `.satfinite`: all products are added to zero, which cannot overflow, and C at the end, clamped.

    PTX saturates once for the whole instruction, which may be several of the unit.
    """
    def emit(e: Emitter, a: Value, b: Value, c: Value) -> Value:
        sums = product.emit(e, a, b, zeros(length(c), I32))
        return e.call(f"llvm.sadd.sat.v{length(c)}i32", c.type, sums, c)

    return replace(product, name=f"{product.name} satfinite", emit=emit, cost=product.cost + product.c.size("register"),
                   modifiers=SATURATING)


def shaped(unit: NativeProduct, shapes: Sequence[Sides], together: Sequence[int], pairs: Sequence[int]) -> Iterator[NativeProduct]:
    """The unit's product and the transposed one for each shape.

    `together` numbers the rows of the unit's C so that a lane's registers hold successive ones; `pairs` so that the upper half of
    the registers holds the upper eight: half of a unit is half of the registers, and a whole one two neighbours of eight. With k
    in the order of n, such sums have the places of A in the next product.
    """
    for sides in shapes:
        m, n, _ = sides
        yield _named(fitted(renumbered(unit, m=pairs if m == 8 else together), sides), unit, "")
        if n != 8:
            yield _named(fitted(renumbered(transposed(unit), n=together), sides), unit, " transposed")
        if n <= 16:
            yield _named(fitted(renumbered(transposed(unit), n=pairs), sides), unit, " transposed, halves")
        if n == sides[2] == unit.sides[2] == 16:
            yield _named(fitted(renumbered(transposed(unit), n=pairs, k=pairs), sides), unit, " transposed, halves, k as n")


def side_by_side(unit: NativeProduct, together: Sequence[int], pairs: Sequence[int],
                 doublings: Sequence[int]) -> Iterator[NativeProduct]:  # fmt: skip
    """Two units along n, doubled so often, whose columns alternate: a lane holds neighbours in a row of B.

    So `ldmatrix.trans` reads B by words and pairs of words instead of single elements. Lanes that have one row of C share columns
    that are next to these, as in PTX's layout.
    """
    for further in doublings:
        sides = (_SIDE, _SIDE << further, unit.sides[2])
        lane_first = [_LANE_FIRST[bit] for bit in pairs]
        columns, rows = ([*(further + bit for bit in order), *range(further)] for order in (range(4), lane_first))
        flipped = transposed(unit)
        for product, order, way in ((renumbered(unit, m=together), columns, ""), (flipped, rows, " transposed"),
                                    (renumbered(flipped, k=pairs), rows, " transposed, k as n")):
            yield _named(renumbered(fitted(product, sides), n=order), unit, f"{way}, alternating")


def _named(product: NativeProduct, unit: NativeProduct, way: str) -> NativeProduct:
    m, n, k = product.sides
    return replace(product, name=f"{unit.name} m{m}n{n}k{k}{way}")


def integer_kinds(signed: str, unsigned: str) -> list[tuple[str, str]]:
    """Kinds of A and B: each is signed or not."""
    return [(a, b) for a in (signed, unsigned) for b in (signed, unsigned)]
