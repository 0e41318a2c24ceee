"""Matrices of whole numbers for native products, and their products."""

from __future__ import annotations

import numpy as np
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.targets.amdgpu.tiles import native_products

from tests.emulator.matrix_numbers import Values

_RANGES = {"s8": (-128, 127), "u8": (0, 255), "s4": (-8, 7), "u4": (0, 15), "b1": (0, 1), "s32": (-(1 << 31), (1 << 31) - 1)}
_LIMITS = _RANGES["s32"]


def whole_numbers(product: NativeProduct, seed: int) -> list[Values]:
    """Whole numbers whose sums are exact in every kind."""
    random = np.random.default_rng(seed)
    m, n, k = product.sides
    sizes = zip(((m, k), (k, n), (m, n)), product.kinds, strict=True)
    return [random.integers(*_RANGES.get(kind, (-4, 4)), size, endpoint=True).astype("f8") for size, kind in sizes]


def exact(product: NativeProduct, a: Values, b: Values, c: Values) -> Values:
    """D by exact arithmetic."""
    if "xor" in product.modifiers:
        return np.asarray([[np.sum(row != column) for column in b.T] for row in a], "f8") + c
    total = a @ b + c
    if "and" in product.modifiers or product.kinds[2] != "s32":
        return total
    if "satfinite" in product.modifiers:
        return total.clip(*_LIMITS)
    return (total - _LIMITS[0]) % 2.0**32 + _LIMITS[0]


def alone(arch: str) -> list[NativeProduct]:
    """The products that a warp can make without others."""
    return [product for product in native_products(arch) if not product.needs_uniform]


def one_of_each(arch: str) -> list[NativeProduct]:
    """All forms of one kind of floats and one of integers, and one form of each other."""
    firsts = {(p.kinds, p.modifiers): p for p in reversed(alone(arch))}
    many = [p for p in alone(arch) if p.kinds in (("f16", "f16", "f32"), ("s8", "s8", "s32")) and not p.modifiers]
    return list(dict.fromkeys([*many, *firsts.values()]))
