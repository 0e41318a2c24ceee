"""What AMD's processors multiply by themselves: products as data, a file for each kind of unit, and those of lanes alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.targets.amdgpu.archs import GFX11, GFX12, PROCESSORS, Processor
from crosswarp.targets.amdgpu.tiles import mfma_joint, mfma_local
from crosswarp.targets.amdgpu.tiles.lanewise import of_integers, of_narrow_floats, without_unit
from crosswarp.targets.amdgpu.tiles.mfma_units import Machine
from crosswarp.targets.amdgpu.tiles.wmma_gfx11 import products as gfx11_products
from crosswarp.targets.amdgpu.tiles.wmma_gfx12 import products as gfx12_products


@cache
def native_products(arch: str, flushes: bool = False) -> tuple[NativeProduct, ...]:
    """The products of a processor, in no order; their costs say which is better. Raises `KeyError` for an unknown processor.

    `flushes`: subnormal numbers may become zeros (`-ftz=true`).
    """
    processor = PROCESSORS[arch]
    return (*_of_unit(processor, flushes), *_of_lanes(processor))


def _of_unit(processor: Processor, flushes: bool) -> tuple[NativeProduct, ...]:
    if "mfma" in processor.features:
        machine = Machine(processor.name, flushes)
        return (*mfma_local.products(machine), *mfma_joint.products(machine))
    if processor.family is GFX11:
        return gfx11_products()
    return gfx12_products() if processor.family is GFX12 else ()


def _of_lanes(processor: Processor) -> Iterator[NativeProduct]:
    yield from without_unit()
    if "wmma" not in processor.features:
        yield from of_narrow_floats()
        yield from of_integers("dot" in processor.features)
