"""`crosswarp layouts`: who holds which element of a matrix, for a processor's products, as text or as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click
from crosswarp.ir.ptx.matrix.layout import ELEMENTS, Shape
from crosswarp.ir.tiles.canonical import canonical
from crosswarp.ir.tiles.exchange import SHUFFLES, explained
from crosswarp.ir.tiles.lanes import LaneMoves
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.native import ELEMENT_TYPES, NativeProduct
from crosswarp.ir.tiles.picture import product as picture
from crosswarp.ir.tiles.show import line
from crosswarp.ir.tiles.words import element_bits

MATRICES = ("a", "b", "c")


@dataclass(frozen=True)
class Held:
    """A product as a processor, or PTX, holds it: layouts of A, B and C, and what moves words between lanes."""

    name: str
    kinds: tuple[str, str, str]
    layouts: tuple[Layout, Layout, Layout]
    moves: LaneMoves

    @property
    def picture(self) -> str:
        """SVG of all three."""
        return picture(*self.layouts)


def of_ptx(shape: str, kinds: tuple[str, str, str]) -> Held:
    """What PTX documents."""
    a, b, c = (canonical(Shape(shape, kinds[0]), matrix) for matrix in MATRICES)
    return Held(f"PTX {shape}", kinds, (a, b, c), SHUFFLES)


def of_processor(arch: str, shape: str, kinds: tuple[str, str, str]) -> list[Held]:
    """What the processor can do, the cheapest first."""
    from crosswarp.targets.amdgpu.tiles import native_products
    from crosswarp.targets.amdgpu.tiles.moves import lane_moves

    sides = Shape(shape, kinds[0]).sides
    found = [p for p in native_products(arch) if (p.sides, p.kinds) == (sides, kinds) and not p.modifiers]
    return [_held(p, lane_moves(arch)) for p in sorted(found, key=lambda p: (p.cost, len(p.name)))]


def _held(product: NativeProduct, moves: LaneMoves) -> Held:
    return Held(product.name, product.kinds, (product.a, product.b, product.c), moves)


def described(held: Held, documented: Held) -> list[str]:
    """Lines: each matrix, and what it costs to bring it to where PTX documents it."""
    lines = [held.name]
    for matrix, kind, layout, other in zip("ABC", held.kinds, held.layouts, documented.layouts, strict=True):
        lines.append(f"  {matrix}  {line(layout)}")
        if held is not documented:
            lines.append(f"     to PTX's: {explained(layout, other, element_bits(ELEMENT_TYPES[kind]), held.moves)}")
    return lines


def held_by(arch: str | None, shape: str, kinds: Sequence[str]) -> list[Held]:
    """PTX's, then the processor's. `click.UsageError` for shapes and kinds that are none, and for other processors."""
    from crosswarp.targets.amdgpu.archs import PROCESSORS

    if arch is not None and arch not in PROCESSORS:
        raise click.UsageError(f"{arch} is no AMD processor")
    if len(kinds) != 3 or kinds[0] not in ELEMENTS or any(kind not in ELEMENT_TYPES for kind in kinds):
        raise click.UsageError(f"no product of {'.'.join(kinds)}: kinds are those of A, B and C, such as f16.f16.f32")
    named = (kinds[0], kinds[1], kinds[2])
    try:
        return [of_ptx(shape, named), *(of_processor(arch, shape, named) if arch else [])]
    except (AssertionError, ValueError):
        raise click.UsageError(f"no shape {shape} of {kinds[0]} that is held in units of 8 by 8") from None
