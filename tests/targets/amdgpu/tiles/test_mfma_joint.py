"""Products that both warps of a wave make together, in chains of several."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.native import Emission, NativeProduct
from crosswarp.ir.values import Value
from crosswarp.targets.amdgpu.emulator.launch import Module
from crosswarp.targets.amdgpu.tiles import mfma_joint
from crosswarp.targets.amdgpu.tiles.mfma_units import Machine

from tests.targets.amdgpu.tiles.exact_sums import exact, whole_numbers
from tests.targets.amdgpu.tiles.lanes import gathered
from tests.targets.amdgpu.tiles.waves import LOOP, code_object, run


def _code(arch: str, from_zero: bool) -> bytes:
    return code_object([(product, _chained(product, from_zero)) for product in mfma_joint.products(Machine(arch))], arch, LOOP)


def _chained(product: NativeProduct, from_zero: bool) -> Emission:
    held = product.held
    assert held is not None

    def emit(e: Emitter, a: Value, b: Value, c: Value) -> Value:
        """Three products: A B + A B + A B + C, or without C."""
        sums = e.zero(held.type) if from_zero else held.begin(e, c)
        for _ in range(3):
            sums = product.emit(e, a, b, sums)
        return held.end(e, sums)

    return emit


@pytest.mark.parametrize("from_zero", [False, True])
@pytest.mark.parametrize("arch", ["gfx90a", "gfx942"])
def test_chains(arch: str, from_zero: bool) -> None:
    module = Module(_code(arch, from_zero), arch)
    for at, product in enumerate(mfma_joint.products(Machine(arch))):
        given = [whole_numbers(product, warp) for warp in range(4)]
        got = run(module.kernel(f"k{at}"), product, given, 2, 2)
        for (a, b, c), bits in zip(given, got, strict=True):
            times, start = (3, 0 * c) if from_zero else (6, c)
            expected = exact(product, np.tile(a, times), np.tile(b, (times, 1)), start)
            np.testing.assert_array_equal(gathered(bits, product.kinds[2], product.c), expected, product.name)


@pytest.mark.parametrize("arch", ["gfx908", "gfx950", "gfx9-4-generic"])
def test_processors_that_are_not_emulated(arch: str) -> None:
    assert _code(arch, from_zero=False)
