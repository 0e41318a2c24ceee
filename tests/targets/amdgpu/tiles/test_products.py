"""Every native product on an emulated processor against exact arithmetic, by its own layouts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.targets.amdgpu.emulator.launch import Module
from crosswarp.targets.amdgpu.tiles import native_products

from tests.emulator.matrix_numbers import Values
from tests.targets.amdgpu.tiles.kernels import code_object, multiplied
from tests.targets.amdgpu.tiles.lanes import number

_RANGES = {"s8": (-128, 127), "u8": (0, 255), "s4": (-8, 7), "u4": (0, 15), "b1": (0, 1), "s32": (-(1 << 31), (1 << 31) - 1)}
_LIMITS = _RANGES["s32"]


def _matrices(product: NativeProduct, seed: int) -> list[Values]:
    """Whole numbers whose sums are exact in every kind."""
    random = np.random.default_rng(seed)
    m, n, k = product.sides
    sizes = zip(((m, k), (k, n), (m, n)), product.kinds, strict=True)
    return [random.integers(*_RANGES.get(kind, (-4, 4)), size, endpoint=True).astype("f8") for size, kind in sizes]


def _exact(product: NativeProduct, a: Values, b: Values, c: Values) -> Values:
    if "xor" in product.modifiers:
        return np.asarray([[np.sum(row != column) for column in b.T] for row in a], "f8") + c
    exact = a @ b + c
    if "and" in product.modifiers or product.kinds[2] != "s32":
        return exact
    if "satfinite" in product.modifiers:
        return exact.clip(*_LIMITS)
    return (exact - _LIMITS[0]) % 2.0**32 + _LIMITS[0]


_EMULATED = ("gfx90a", "gfx942", "gfx1030", "gfx1100", "gfx1201")
_WITH_UNIT = ("gfx1100", "gfx1201")
_COMPILED = ("gfx900", "gfx908", "gfx1010", "gfx1011", "gfx1103", "gfx1151", "gfx1200", "gfx11-generic", "gfx12-generic")


def _some(arch: str) -> list[NativeProduct]:
    """All forms of one kind of floats and one of integers, and one form of each other."""
    firsts = {(p.kinds, p.modifiers): p for p in reversed(native_products(arch))}
    many = [p for p in native_products(arch) if p.kinds in (("f16", "f16", "f32"), ("s8", "s8", "s32")) and not p.modifiers]
    return list(dict.fromkeys([*many, *firsts.values()]))


def _check(products: Sequence[NativeProduct], arch: str) -> None:
    module = Module(code_object(products, arch), arch)
    for at, product in enumerate(products):
        matrices = _matrices(product, at)
        found = multiplied(module.kernel(f"k{at}"), product, matrices)
        np.testing.assert_array_equal(found, _exact(product, *matrices), product.name)


@pytest.mark.parametrize("arch", _EMULATED)
def test_exact_sums(arch: str) -> None:
    _check(_some(arch), arch)


@pytest.mark.slow
@pytest.mark.parametrize("arch", _EMULATED)
def test_all_products(arch: str) -> None:
    products = set(_some(arch))
    _check([product for product in native_products(arch) if product not in products], arch)


@pytest.mark.slow
@pytest.mark.parametrize("arch", _COMPILED)
def test_processors_that_are_not_emulated(arch: str) -> None:
    assert code_object(_some(arch), arch)


@pytest.mark.parametrize("arch", _EMULATED)
def test_names_and_layouts(arch: str) -> None:
    products = native_products(arch)
    assert len({product.name for product in products}) == len(products)
    for product in products:
        m, n, k = product.sides
        for layout, sides in ((product.a, (m, k)), (product.b, (k, n)), (product.c, (m, n))):
            assert layout.is_onto, product.name
            assert tuple(layout.size(name) for name, _ in layout.outputs) == sides, product.name


def _wholes(arch: str) -> list[NativeProduct]:
    """One product of each kind of floats."""
    return [p for p in _some(arch) if p.kinds[2] in ("f16", "f32") and p.sides == (16, 16, 16) and "transposed" not in p.name]


@pytest.mark.parametrize("arch", _WITH_UNIT)
def test_roundings(arch: str) -> None:
    """Every addition may round once, and so may the result; of the order nothing is known."""
    products, random = _wholes(arch), np.random.default_rng(7)
    module = Module(code_object(products, arch), arch)
    for at, product in enumerate(products):
        a, b, c = (number(kind).values(number(kind).encode(_near(random, kind))) for kind in product.kinds)
        found = multiplied(module.kernel(f"k{at}"), product, [a, b, c])
        bound = (np.abs(a) @ np.abs(b) + np.abs(c)) * (16 * 2.0**-24 + number(product.kinds[2]).epsilon)
        assert (np.abs(found - (a @ b + c)) <= bound).all(), product.name


def _near(random: np.random.Generator, kind: str) -> Values:
    """Numbers around 1 that the kind has."""
    if number(kind).width == 8:
        return random.integers(-8, 9, (16, 16)) * 2.0 ** random.integers(-3, 3, (16, 16))
    return random.standard_normal((16, 16))


@pytest.mark.parametrize("arch", _WITH_UNIT)
def test_subnormal_numbers_are_kept(arch: str) -> None:
    """The smallest of each 16-bit format, times one."""
    products = [product for product in _wholes(arch) if number(product.kinds[0]).width == 16]
    module = Module(code_object(products, arch), arch)
    for at, product in enumerate(products):
        smallest = {"f16": 2.0**-24, "bf16": 2.0**-133}[product.kinds[0]]
        matrices = [np.eye(16) * 3 * smallest, np.ones((16, 16)), np.zeros((16, 16))]
        assert (multiplied(module.kernel(f"k{at}"), product, matrices) == 3 * smallest).all(), product.name
