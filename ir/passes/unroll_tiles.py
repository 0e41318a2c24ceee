"""Short loops with matrix instructions that count to a bound get a second one beside them that makes several turns at once.

Before: `for (i = 0; i < n; i += 16) c = a[i] * b[i] + c;`
After:  `for (; i < n - 64; i += 64) { c = a[i] * b[i] + c; c = a[i + 16] * b[i + 16] + c; ... }`, then the loop as it was

Products that then stand one behind the other can be joined along k. `ir/tiles/unrolling.py` says which loops, and why LLVM
does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.calls import functions_with_tiles
from crosswarp.ir.tiles.unrolling import unroll


@dataclass(frozen=True)
class UnrollTiles(Pass):
    """Loops of one block, with few products."""

    name: ClassVar[str] = "unroll-tiles"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Unroll loops of every function with matrix instructions."""
        for function in functions_with_tiles(module):
            unroll(module, function)
