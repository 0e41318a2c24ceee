"""Loops with matrix instructions behind a condition that nothing in them changes get a second copy without it.

Before: `for (...) { if (inside) c = a * b + c; }`
After:  `if (all lanes: inside) for (...) c = a * b + c; else for (...) { if (inside) c = a * b + c; }`

`ir/tiles/guards.py` says which, and why LLVM does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.calls import functions_with_tiles
from crosswarp.ir.tiles.guards import Question, leave_guards


@dataclass(frozen=True)
class LeaveGuards(Pass):
    """`agreed` asks the lanes of a wave."""

    agreed: Question
    name: ClassVar[str] = "leave-guards"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Copy loops of every function with matrix instructions."""
        for function in functions_with_tiles(module):
            leave_guards(module, function, self.agreed)
