"""Refuses computed gotos on targets whose threads share a program counter: one lane's address would move the whole wave.

indirectbr ptr %target, [label %a, label %b]      ; error: unsupported: computed goto (`goto *p`)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.locations import location_of
from crosswarp.support.diagnostics import CompileError, Diagnostic

CODE = "CW3011"


@dataclass(frozen=True)
class RejectComputedGoto(Pass):
    """Raises `CompileError` with one diagnostic for each `indirectbr`."""

    name: ClassVar[str] = "reject-computed-goto"
    establishes: ClassVar[frozenset[str]] = frozenset({"no-computed-goto"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Functions whose text has no `indirectbr` are not read."""
        found = [i for f in module.definitions() if f.body_text is None or "indirectbr " in f.body_text
                 for i in f.instructions() if i.opcode == "indirectbr"]
        diagnostics = []
        for instruction in found:
            location, function = location_of(module, instruction), instruction.function
            where = "" if location or function is None else f" in function '{function.name}'"
            diagnostics.append(Diagnostic("error", f"unsupported: computed goto (`goto *p`){where} on {facts.arch}", CODE, location,
                                          "write a switch"))
        if diagnostics:
            raise CompileError(diagnostics)
