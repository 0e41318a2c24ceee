"""Dot products of bytes and half bytes (`v_dot4_i32_i8` and its kin): exact, added to 32 bits modulo 2^32.

Those of halves are not used: `v_dot2_f32_f16` flushes subnormal numbers on some processors (gfx90a), whatever the mode says, and
how it rounds is not documented. Before gfx11 both factors are signed, or both are unsigned. Where they differ, the unsigned ones
become signed ones by taking half of their range off, which the column's sum, or the row's, gives back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.types import I1, I32
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class Dot:
    """`parts` elements in a word, each of `bits`. `name` without the letter of the sign."""

    name: str
    parts: int

    @property
    def bits(self) -> int:
        """Of an element."""
        return 32 // self.parts

    def everywhere(self, element: int) -> int:
        """The word with this in each element."""
        return sum(element << self.bits * part for part in range(self.parts))

    def added(self, e: Emitter, sign: str, left: Value, right: Value, total: Value) -> Value:
        """`total` and the products of two words. `sign`: `s` or `u`."""
        return e.call(f"llvm.amdgcn.{sign}{self.name}", I32, left, right, total, ConstantInt(I1, 0))


DOTS = {"s8": Dot("dot4", 4), "u8": Dot("dot4", 4), "s4": Dot("dot8", 8), "u4": Dot("dot8", 8)}


def dotted(kinds: tuple[str, str]) -> Callable[[Emitter, Sequence[Value], Sequence[Value], Value], Value]:
    """Adds the products of words of these kinds."""
    dot, signs = DOTS[kinds[0]], (kinds[0][0], kinds[1][0])

    def added(e: Emitter, row: Sequence[Value], column: Sequence[Value], total: Value) -> Value:
        for x, y in zip(row, column, strict=True):
            if signs[0] == signs[1]:
                total = dot.added(e, signs[0], x, y, total)
            else:
                total = _mixed(e, dot, *((x, y) if signs[0] == "u" else (y, x)), total)
        return total

    return added


def _mixed(e: Emitter, dot: Dot, unsigned: Value, signed: Value, total: Value) -> Value:
    half = e.op("xor", unsigned, dot.everywhere(1 << dot.bits - 1))
    sums = dot.added(e, "s", signed, ConstantInt(I32, dot.everywhere(1)), ConstantInt(I32, 0))
    return e.op("add", dot.added(e, "s", half, signed, total), e.op("shl", sums, dot.bits - 1))
