"""Gives local variables of 16 bytes and more the alignment of CUDA's widest built-in types.

Sources read and write small local arrays as `int4` or `float4` whatever their type. Where such an array becomes registers, as on
NVIDIA's processors, its alignment never mattered; in the frame of a coroutine it would, and the access would fault.

Before: `%fragment = alloca [8 x half], align 2`
After:  `%fragment = alloca [8 x half], align 16`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.instructions import Alloca
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass

WIDEST = 16


@dataclass(frozen=True)
class AlignedLocals(Pass):
    """Larger local variables lie at multiples of 16 bytes."""

    name: ClassVar[str] = "aligned-locals"
    establishes: ClassVar[frozenset[str]] = frozenset({"aligned-locals"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Raise alignments; none is lowered."""
        layout = DataLayout(facts.datalayout)
        for function in module.functions.values():
            for instruction in function.instructions():
                if isinstance(instruction, Alloca) and _bytes(instruction, layout) >= WIDEST:
                    instruction.align = max(instruction.align or 0, WIDEST)


def _bytes(alloca: Alloca, layout: DataLayout) -> int:
    """The size of a variable; one whose count is not constant counts as large."""
    count = alloca.count
    if count is None:
        return layout.size(alloca.allocated_type)
    return layout.size(alloca.allocated_type) * count.value if isinstance(count, ConstantInt) else WIDEST
