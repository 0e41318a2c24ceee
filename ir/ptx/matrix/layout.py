"""Which lane holds which element. Source: PTX ISA 8.8, "Matrix Fragments for mma.m16n8k16 with floating point type" and its kin.

All documented shapes but one are made of units. With g = lane / 4 and t = lane % 4, a register of a unit holds

    of A    8 rows, 4 p columns:    row g, columns p t ... p t + p - 1        p: elements of a register
    of B    4 p rows, 8 columns:    rows p t ... p t + p - 1, column g
    of C    8 rows, 8 columns:      row g, columns 2 t and 2 t + 1            two elements

The registers go through the units of one column block first. What `wmma` leaves open is held in the same way, as on sm_80:
sources that count on that order run right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_SHAPE = re.compile(r"m(\d+)n(\d+)k(\d+)")
NARROW = ("e4m3", "e5m2", "e3m2", "e2m3", "e2m1")
"""Floats of at most 8 bits, each in a byte: the kinds of `.kind::f8f6f4`."""
PACKED = "e2m1x2"
"""Floats of 4 bits, two in a byte."""
# Elements that 32 bits hold; of f64 a register of 64 bits holds one.
ELEMENTS = {"f16": 2, "bf16": 2, "tf32": 1, "f64": 1, "s8": 4, "u8": 4, "e4m3": 4, "e5m2": 4, "s4": 8, "u4": 8, "b1": 32,
            "e3m2": 4, "e2m3": 4, "e2m1": 4, PACKED: 8}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """`m` by `k` times `k` by `n`, of elements of `kind`."""

    name: str
    kind: str

    @cached_property
    def sides(self) -> tuple[int, int, int]:
        """`m`, `n` and `k`."""
        found = _SHAPE.fullmatch(self.name)
        assert found is not None
        return int(found[1]), int(found[2]), int(found[3])

    @property
    def rows(self) -> int:
        """Units of 8 rows."""
        return self.sides[0] // 8

    @property
    def columns(self) -> int:
        """Units of 8 columns."""
        return self.sides[1] // 8

    @property
    def depth(self) -> int:
        """Units of the inner dimension."""
        return self.sides[2] // (4 * ELEMENTS[self.kind])

    @property
    def registers(self) -> tuple[int, int, int]:
        """Registers of A and B, and elements of C, that a lane holds."""
        return self.rows * self.depth, self.depth * self.columns, 2 * self.rows * self.columns

    def of_a(self, row: int, depth: int) -> int:
        """The register of a unit of A."""
        return depth * self.rows + row

    def of_b(self, depth: int, column: int) -> int:
        """The register of a unit of B."""
        return column * self.depth + depth

    def of_c(self, row: int, column: int) -> int:
        """The first of two elements of a unit of C."""
        return 2 * (column * self.rows + row)
