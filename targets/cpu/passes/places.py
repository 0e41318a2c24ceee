"""Numbers the places where lanes may converge, so that `__activemask` never joins lanes of different code.

Before: `%n = call i32 @__cwcpu.place()`
After:  a constant, different for every call
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import I32
from crosswarp.targets.cpu.operations import PLACE
from crosswarp.targets.cpu.passes.substitution import substitute


@dataclass(frozen=True)
class Places(Pass):
    """Markers become constants."""

    name: ClassVar[str] = "places"
    establishes: ClassVar[frozenset[str]] = frozenset({"numbered-places"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace all markers."""
        marker = module.functions.get(PLACE)
        if marker is None:
            return
        calls: dict[Function, list[Call]] = {}
        for call in module.calls_to(marker):
            assert call.function is not None
            calls.setdefault(call.function, []).append(call)
        number = 0
        for function, markers in calls.items():
            substitute(function, {id(call): ConstantInt(I32, number + index) for index, call in enumerate(markers)})
            number += len(markers)
