"""Gives matrix operations that no layout was chosen for their exact meaning: the function that stands beside each.

Before: `call {...} @__cw.tile.mma.sync...(...)`
After:  `call {...} @__cw.exact.mma.sync...(...)`, and that function is internal
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.names import EXACT, TILE


@dataclass(frozen=True)
class ExpandTiles(Pass):
    """After it no operation with an open layout is left, and no exact function that nothing calls."""

    name: ClassVar[str] = "expand-tiles"
    establishes: ClassVar[frozenset[str]] = frozenset({"no-open-tiles"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Redirect the calls."""
        tiles = {name: function for name, function in module.functions.items() if name.startswith(TILE)}
        module.replace_uses({function: module.functions[EXACT + name.removeprefix(TILE)] for name, function in tiles.items()})
        for function in tiles.values():
            module.remove(function)
        for name, function in module.functions.items():
            if name.startswith(EXACT):
                function.linkage = "internal"
