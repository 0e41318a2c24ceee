"""How PTX variables and parameters lie in memory, as LLVM types."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd, prod

from crosswarp.ir.ptx.syntax import Declarator, Parameter, PtxError, Variables
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.types import ArrayType, IntType, Type

OPAQUE = ("texref", "surfref", "samplerref")
"""Types of references to textures, which only NVIDIA's driver can bind."""
_LARGEST = 1 << 48


@dataclass(frozen=True)
class Shape:
    """`count` elements of `bytes` each; None: the size is left open, as in `.extern .shared .b8 x[]`."""

    element: PtxType
    bytes: int
    count: int | None
    is_array: bool
    align: int

    @property
    def scalar(self) -> IntType | None:
        """The integer as wide as the variable, which is one."""
        return None if self.is_array or self.bytes * 8 != self.element.bits else IntType(self.element.bits)

    @property
    def size(self) -> int:
        """In bytes."""
        return self.bytes * (self.count or 0)

    @property
    def type(self) -> Type:
        """Integers as wide as alignment and size permit: few values to move where the whole is one."""
        if self.scalar is not None:
            return self.scalar
        unit = gcd(self.size, self.align, 8)
        return ArrayType(self.size // unit, IntType(8 * unit))


def shape_of(declared: Variables | Parameter, declarator: Declarator) -> Shape:
    """Raises `PtxError` for sizes and alignments that no variable has."""
    if declared.type in OPAQUE:
        raise PtxError(f"a .{declared.type} ('{declarator.name}')")
    element = PtxType.parse(declared.type)
    if element.kind == "p":
        raise PtxError(f"a predicate in memory ('{declarator.name}')")
    align = declared.align or element.bits // 8 * declared.lanes
    if align & (align - 1) or not 0 < align <= 1 << 16:
        raise PtxError(f"the alignment {align}")
    is_array = bool(declarator.dimensions) or declared.lanes > 1
    return Shape(element, element.bits // 8, _count(declarator, declared.lanes), is_array, align)


def _count(declarator: Declarator, lanes: int) -> int | None:
    if not declarator.dimensions:
        return lanes
    first, *rest = declarator.dimensions
    if first is None and isinstance(declarator.initial, tuple):
        first = len(declarator.initial)
    if first is None and not any(size is None for size in rest):
        return None
    sizes = [size for size in (first, *rest) if size is not None]
    if len(sizes) != len(declarator.dimensions) or min(sizes) < 0 or prod(sizes) > _LARGEST:
        raise PtxError(f"the size of '{declarator.name}'")
    return prod(sizes) * lanes
