"""Translates inline PTX to portable IR, on targets that have no PTX. What has no exact meaning there is refused by name and place.

    %r = call i32 asm "bfe.u32 $0, $1, 4, 8;", "=r,r"(i32 %x)      ->   shifts and masks of %x
    call void asm sideeffect "wgmma.fence.sync.aligned;", ""()     ;    error: unsupported: inline PTX: ...

Empty templates carry no instruction: they stay as compiler barriers, and an output tied to an input is that input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.asm_calls import asm_calls, functions_with_asm
from crosswarp.ir.passes.asm_diagnostics import CODE, unsupported_asm
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.carry_flag import carry_places
from crosswarp.ir.ptx.syntax import PtxError
from crosswarp.ir.values import InlineAsm, Value
from crosswarp.support.diagnostics import CompileError, Diagnostic

_FLUSHES = "__CUDA_FTZ"


@dataclass(frozen=True)
class InlinePtx(Pass):
    """Looks only into bodies with `asm`. Raises `CompileError` with one diagnostic for each statement that is not translated."""

    name: ClassVar[str] = "inline-ptx"
    establishes: ClassVar[frozenset[str]] = frozenset({"no-inline-ptx"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace all asm statements, or refuse."""
        problems = [text.strip() for text in module.module_asm if text.strip()]
        diagnostics = [Diagnostic("error", f"unsupported: file-scope PTX '{text}'", CODE) for text in problems]
        carry = carry_places(module)
        for function in functions_with_asm(module):
            problems_here = (_translate(module, call, asm, facts, carry.get(function)) for call, asm in list(asm_calls(function)))
            diagnostics += [problem for problem in problems_here if problem is not None]
        if diagnostics:
            raise CompileError(diagnostics)


def _translate(module: Module, call: Call, asm: InlineAsm, facts: TargetFacts, carry: Value | None) -> Diagnostic | None:
    if not asm.template.strip():
        return _empty(module, call, asm)

    from crosswarp.ir.ptx.translate import template_text, translate  # lark is loaded by programs with inline PTX only

    try:
        translate(module, call, asm, bool(facts.reflect.get(_FLUSHES, 0)), carry, opens="tiles" in facts.features)
    except PtxError as error:
        return unsupported_asm(module, call, f"inline PTX: {error}", template_text(asm), error.at)
    return None


def _empty(module: Module, call: Call, asm: InlineAsm) -> Diagnostic | None:
    constraints = [c for c in asm.constraints.split(",") if c and not c.startswith("~")]
    if not constraints:
        return None
    if not any(c.startswith("=") for c in constraints):
        call.erase()
        return None
    if len(constraints) == 2 and constraints[1] == "0" and call.function is not None:
        call.function.replace_all_uses(call, call.arguments[0])
        call.erase()
        return None
    return unsupported_asm(module, call, f"empty inline assembly with operands '{asm.constraints}'")
