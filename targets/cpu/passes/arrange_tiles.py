"""Gives matrix operations of kernels the CPU's own meaning: the warp's first lane computes whole matrices (targets/cpu/tiles/).

Operations in other functions, and forms that the CPU does not know, keep their exact meaning (`expand-tiles`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.calls import functions_with_tiles
from crosswarp.ir.tiles.report import left_over
from crosswarp.targets.cpu.passes.force_inline import is_kernel
from crosswarp.targets.cpu.tiles.arrange import Arrangement
from crosswarp.targets.cpu.tiles.report import told


@dataclass(frozen=True)
class ArrangeTiles(Pass):
    """`wide`: the processor has registers of 512 bits; `lockstep`: kernels whose lanes may wait at accesses to memory.

    `tell` gets a line for each product.
    """

    wide: bool
    lockstep: frozenset[str] = frozenset()
    tell: Callable[[str], None] | None = None
    name: ClassVar[str] = "arrange-tiles"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace the operations of all kernels."""
        for function in functions_with_tiles(module):
            if is_kernel(function):
                arrangement = Arrangement(module, function, int(self.wide), function.name in self.lockstep)
                self._tell(told(module, arrangement.graph))
                arrangement.run()
        self._tell(left_over(module))

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            if self.tell is not None:
                self.tell(line)
