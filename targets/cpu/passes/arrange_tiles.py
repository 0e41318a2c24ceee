"""Gives matrix operations of kernels the CPU's own meaning: the warp's first lane computes whole matrices (targets/cpu/tiles/).

Operations in other functions, and forms that the CPU does not know, keep their exact meaning (`expand-tiles`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.calls import functions_with_tiles
from crosswarp.targets.cpu.passes.force_inline import is_kernel
from crosswarp.targets.cpu.tiles.arrange import Arrangement


@dataclass(frozen=True)
class ArrangeTiles(Pass):
    """`wide`: the processor has registers of 512 bits; `lockstep`: kernels whose lanes may wait at accesses to memory."""

    wide: bool
    lockstep: frozenset[str] = frozenset()
    name: ClassVar[str] = "arrange-tiles"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace the operations of all kernels."""
        for function in functions_with_tiles(module):
            if is_kernel(function):
                Arrangement(module, function, int(self.wide), function.name in self.lockstep).run()
