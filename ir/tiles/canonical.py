"""The layouts that PTX documents for fragments of `mma`, and that Crosswarp gives to those of `wmma`.

Source: PTX ISA 8.8, "Matrix Fragments for mma.m16n8k16 with floating point type" and its kin; in words: `ir/ptx/matrix/layout.py`.
`register` counts elements, in the order in which a lane's registers and the elements inside of each stand.
"""

from __future__ import annotations

from functools import cache

from crosswarp.ir.ptx.matrix.layout import ELEMENTS, Shape
from crosswarp.ir.tiles.layout import Layout, Place


def _bits(count: int) -> list[int]:
    """The powers of two below a power of two."""
    return [1 << bit for bit in range(count.bit_length() - 1)]


@cache
def canonical(shape: Shape, matrix: str) -> Layout:
    """The layout of matrix `a` (m by k), `b` (k by n) or `c` (m by n)."""
    m, n, k = (side.bit_length() - 1 for side in shape.sides)
    parts = ELEMENTS[shape.kind]
    high: list[Place] = [(1, 0), (2, 0), (4, 0)]
    if matrix == "a":
        inside: list[Place] = [(0, x) for x in _bits(parts)]
        units: list[Place] = [*((8 * x, 0) for x in _bits(shape.rows)), *((0, 4 * parts * x) for x in _bits(shape.depth))]
        return Layout.of({"register": inside + units, "lane": [(0, parts), (0, 2 * parts), *high]}, row=m, column=k)
    if matrix == "b":
        inside = [(x, 0) for x in _bits(parts)]
        units = [*((4 * parts * x, 0) for x in _bits(shape.depth)), *((0, 8 * x) for x in _bits(shape.columns))]
        lanes: list[Place] = [(parts, 0), (2 * parts, 0), (0, 1), (0, 2), (0, 4)]
        return Layout.of({"register": inside + units, "lane": lanes}, row=k, column=n)
    units = [*((8 * x, 0) for x in _bits(shape.rows)), *((0, 8 * x) for x in _bits(shape.columns))]
    return Layout.of({"register": [(0, 1), *units], "lane": [(0, 2), (0, 4), *high]}, row=m, column=n)
