"""Every native product on an emulated processor against exact arithmetic, by its own layouts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.targets.amdgpu.emulator.launch import Module
from crosswarp.targets.amdgpu.tiles import native_products

from tests.emulator.matrix_numbers import Values
from tests.targets.amdgpu.tiles.exact_sums import alone, exact, one_of_each, whole_numbers
from tests.targets.amdgpu.tiles.kernels import code_object, multiplied
from tests.targets.amdgpu.tiles.lanes import number

_EMULATED = ("gfx90a", "gfx942", "gfx1030", "gfx1100", "gfx1201")
_WITH_UNIT = ("gfx1100", "gfx1201", "gfx90a", "gfx942")
_COMPILED = ("gfx900", "gfx908", "gfx950", "gfx1010", "gfx1011", "gfx1103", "gfx1151", "gfx1200", "gfx9-4-generic", "gfx11-generic",
             "gfx12-generic")  # fmt: skip


def _check(products: Sequence[NativeProduct], arch: str) -> None:
    module = Module(code_object(products, arch), arch)
    for at, product in enumerate(products):
        matrices = whole_numbers(product, at)
        found = multiplied(module.kernel(f"k{at}"), product, matrices)
        np.testing.assert_array_equal(found, exact(product, *matrices), product.name)


@pytest.mark.parametrize("arch", _EMULATED)
def test_exact_sums(arch: str) -> None:
    _check(one_of_each(arch), arch)


@pytest.mark.slow
@pytest.mark.parametrize("arch", _EMULATED)
def test_all_products(arch: str) -> None:
    products = set(one_of_each(arch))
    _check([product for product in alone(arch) if product not in products], arch)


@pytest.mark.slow
@pytest.mark.parametrize("arch", _COMPILED)
def test_processors_that_are_not_emulated(arch: str) -> None:
    assert code_object(one_of_each(arch), arch)


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
    return [p for p in one_of_each(arch) if p.kinds[2] in ("f16", "f32") and p.sides == (16, 16, 16) and "transposed" not in p.name]


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
def test_subnormal_numbers(arch: str) -> None:
    """The smallest of each 16-bit format, times one."""
    products = [product for product in _wholes(arch) if number(product.kinds[0]).width == 16]
    module = Module(code_object(products, arch), arch)
    for at, product in enumerate(products):
        smallest = {"f16": 2.0**-24, "bf16": 2.0**-133}[product.kinds[0]]
        matrices = [np.eye(16) * 3 * smallest, np.ones((16, 16)), np.zeros((16, 16))]
        assert (multiplied(module.kernel(f"k{at}"), product, matrices) == 3 * smallest).all(), product.name
