"""Refuses inline PTX that was not translated, on targets that have no PTX, naming the instruction and its place in the source.

Empty templates carry no instruction: compiler barriers are dropped, and an output tied to an input is that input.

    %r = call i32 asm "bfind.u32 $0, $1;", "=r,r"(i32 %x)     ; error: unsupported: inline PTX 'bfind.u32'
    call void asm sideeffect "", "~{memory}"()                 ; stays: it only orders memory
    %y = call i32 asm sideeffect "", "=r,0"(i32 %x)            ; %y becomes %x
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.locations import location_of
from crosswarp.ir.values import InlineAsm
from crosswarp.support.diagnostics import CompileError, Diagnostic

CODE = "CW3001"
_GUARD = re.compile(r"^@!?\S+\s+")


@dataclass(frozen=True)
class RejectInlinePtx(Pass):
    """Raises `CompileError` with one diagnostic for each inline PTX statement that holds an instruction."""

    name: ClassVar[str] = "reject-inline-ptx"
    establishes: ClassVar[frozenset[str]] = frozenset({"no-inline-ptx"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Remove empty statements, refuse the others."""
        problems = [d for d in module.module_asm if d.strip()]
        diagnostics = [Diagnostic("error", f"unsupported: file-scope PTX '{text.strip()}'", CODE) for text in problems]
        for function in module.definitions():
            if function.body_text is not None and " asm " not in function.body_text:
                continue
            for instruction in function.instructions():
                if isinstance(instruction, Call) and isinstance(instruction.callee, InlineAsm):
                    diagnostics += _handle(module, instruction, instruction.callee)
        if diagnostics:
            raise CompileError(diagnostics)


def _handle(module: Module, call: Call, asm: InlineAsm) -> list[Diagnostic]:
    template = asm.template.strip()
    if template:
        return [_unsupported(module, call, f"inline PTX '{_culprit(template)}'")]
    constraints = [c for c in asm.constraints.split(",") if c and not c.startswith("~")]
    if not constraints:
        return []
    if not any(c.startswith("=") for c in constraints):
        call.erase()
        return []
    if len(constraints) == 2 and constraints[1] == "0" and call.function is not None:
        call.function.replace_all_uses(call, call.arguments[0])
        call.erase()
        return []
    return [_unsupported(module, call, f"empty inline assembly with operands '{asm.constraints}'")]


def _culprit(template: str) -> str:
    """The first statement whose instruction has no record, or the first one: its operands are what is not supported."""
    from crosswarp.ir.ptx.records import FORMS

    known = {mnemonic for mnemonic, _ in FORMS}
    statements = [s for part in template.split(";") if (s := _GUARD.sub("", part.strip(" \t\n{}"))) and not s.startswith(".reg")]
    return next((s for s in statements if s.split()[0] not in known), statements[0] if statements else template)


def _unsupported(module: Module, call: Call, what: str) -> Diagnostic:
    location = location_of(module, call)
    function = call.function
    where = "" if location or function is None else f" in function '{function.name}'"
    hint = "docs/ptx.md lists what is translated; guard the rest, or compile with -lineinfo to see its line"
    return Diagnostic("error", f"unsupported: {what}{where} on this target", CODE, location, hint)
