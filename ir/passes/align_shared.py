"""Raises the alignment of arrays in shared memory to that of the widest access.

clang gives an array its element's alignment for NVPTX. Neighbouring elements are then not known to lie in one aligned word, and
LLVM loads them one by one: a tile of a matrix product costs four times the instructions.

    @tile = internal addrspace(3) global [8 x [64 x float]] undef, align 4
    ->  @tile = internal addrspace(3) global [8 x [64 x float]] undef, align 16

Safe: the compiler places shared variables, so a larger alignment always holds; programs cannot see it but in addresses. Arrays
shorter than the access are left alone, since aligning them would only cost space; dynamic shared memory, an array of no length,
is aligned too, as CUDA promises for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass

_SHARED = 3


@dataclass(frozen=True)
class AlignShared(Pass):
    """`access`: bytes of the widest access to shared memory."""

    access: int = 16
    name: ClassVar[str] = "align-shared"
    establishes: ClassVar[frozenset[str]] = frozenset({"aligned-shared"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Change the variables; accesses keep what they say, LLVM derives more from the variable."""
        layout = DataLayout(module.datalayout)
        for variable in module.globals.values():
            if variable.address_space == _SHARED and self._gains(variable, layout):
                variable.align = max(variable.align or 1, self.access)

    def _gains(self, variable: GlobalVariable, layout: DataLayout) -> bool:
        size = layout.size(variable.value_type)
        return size == 0 or size >= self.access
