"""MFMA with two warps in a wave: each has its own matrices, and not all of them multiply, or as often."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from crosswarp.ir.tiles.native import Emission, NativeProduct
from crosswarp.targets.amdgpu.emulator.launch import Module
from crosswarp.targets.amdgpu.tiles import mfma_local
from crosswarp.targets.amdgpu.tiles.mfma_units import Machine

from tests.targets.amdgpu.tiles.exact_sums import exact, one_of_each, whole_numbers
from tests.targets.amdgpu.tiles.lanes import gathered, spread
from tests.targets.amdgpu.tiles.waves import BRANCH, LOOP, Bits, code_object, run

MASKS = [(2, 0b11), (2, 0b01), (2, 0b10), (3, 0b111), (3, 0b011), (1, 0b1)]
ARCHS = ("gfx90a", "gfx942")
NAMES = ("f16.f16.f32 m16n16k16", "s8.s8.s32 m16n8k32 transposed", "tf32.tf32.f32 m16n8k8", "u8.s8.s32 m8n8k16",
         "bf16.bf16.f32 m8n32k16")


def _emissions(product: NativeProduct) -> list[tuple[NativeProduct, Emission]]:
    assert product.emit_uniform is not None
    return [(product, product.emit), (product, product.emit_uniform)]


@cache
def _branches(arch: str, every: bool) -> tuple[Sequence[NativeProduct], Module]:
    products = mfma_local.products(Machine(arch)) if every else [p for p in one_of_each(arch) if p.emit_uniform][::2]
    return products, Module(code_object([(product, product.emit) for product in products], arch, BRANCH), arch)


@cache
def _few(arch: str, form: str) -> tuple[list[NativeProduct], Module]:
    """Some products, with both emissions: kernels 2 n and 2 n + 1."""
    chosen = [p for p in mfma_local.products(Machine(arch)) if p.name.removeprefix("mfma local ") in NAMES and not p.modifiers]
    assert len(chosen) == len(NAMES)
    pairs = [pair for product in chosen for pair in _emissions(product)]
    return chosen, Module(code_object(pairs, arch, form), arch)


@pytest.mark.parametrize("arch", ARCHS)
@pytest.mark.parametrize(("warps", "mask"), MASKS)
def test_branches(arch: str, warps: int, mask: int) -> None:
    """Warps that do not multiply keep their own values, those that do get their own products."""
    _check_branches(*_branches(arch, every=False), warps, mask)


@pytest.mark.slow
@pytest.mark.parametrize("arch", ARCHS)
def test_branches_of_all_products(arch: str) -> None:
    for warps, mask in MASKS:
        _check_branches(*_branches(arch, every=True), warps, mask)


def _check_branches(products: Sequence[NativeProduct], module: Module, warps: int, mask: int) -> None:
    for at, product in enumerate(products):
        given = [whole_numbers(product, 10 * at + warp) for warp in range(warps)]
        got = run(module.kernel(f"k{at}"), product, given, mask)
        for warp, (matrices, bits) in enumerate(zip(given, got, strict=True)):
            if mask >> warp & 1:
                np.testing.assert_array_equal(gathered(bits, product.kinds[2], product.c), exact(product, *matrices), product.name)
            else:
                np.testing.assert_array_equal(bits, ~spread(matrices[2], product.kinds[2], product.c), product.name)


def _loops(arch: str, at: int, first: int, second: int, uniform: bool) -> list[tuple[Bits, Bits]]:
    """What three warps got, and should have."""
    chosen, module = _few(arch, LOOP)
    product = chosen[at]
    given = [whole_numbers(product, warp) for warp in range(3)]
    got = run(module.kernel(f"k{2 * at + uniform}"), product, given, first, second)
    expected = []
    for warp, (a, b, c) in enumerate(given):
        for _ in range(second if warp % 2 else first):
            c = exact(product, a, b, c)  # noqa: PLW2901
        expected.append(spread(c, product.kinds[2], product.c))
    return list(zip(got, expected, strict=True))


@pytest.mark.parametrize("arch", ARCHS)
@pytest.mark.parametrize("counts", [(3, 3), (1, 4), (4, 1), (0, 2), (2, 0)])
def test_loops(arch: str, counts: tuple[int, int]) -> None:
    """A warp that left the loop keeps its sums while the other goes on."""
    for at in range(len(NAMES)):
        for got, expected in _loops(arch, at, *counts, uniform=False):
            np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize("arch", ARCHS)
def test_uniform_loops(arch: str) -> None:
    """Where all warps run together the cheaper emission is right."""
    for at in range(len(NAMES)):
        for got, expected in _loops(arch, at, 3, 3, uniform=True):
            np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize("arch", ARCHS)
def test_mfma_alone_would_overwrite_the_other_warp(arch: str) -> None:
    """Why the emission looks at EXEC: without that some warp's values are lost."""
    wrong = [at for at in range(len(NAMES)) for got, expected in _loops(arch, at, 1, 4, uniform=True) if (got != expected).any()]
    assert wrong


def test_gfx90a_multiplies_halves_faster_where_subnormal_numbers_may_be_zeros() -> None:
    kinds = ("f16", "f16", "f32")
    kept, flushed = ([p for p in mfma_local.products(Machine("gfx90a", flushes)) if p.kinds == kinds] for flushes in (False, True))
    assert all(fast.cost < slow.cost for fast, slow in zip(flushed, kept, strict=True))
    module = Module(code_object([(product, product.emit) for product in flushed], "gfx90a", BRANCH), "gfx90a")
    _check_branches(flushed, module, 2, 0b01)
    product = flushed[0]
    tiny = [np.eye(16) * 2.0**-24, np.ones((16, 16)), np.zeros((16, 16))]
    assert not gathered(run(module.kernel("k0"), product, [tiny], 1)[0], "f32", product.c).any()
