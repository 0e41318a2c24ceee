"""Translates inline PTX to portable IR, on targets that have no PTX. A statement that is not known exactly stays as it is.

    %r = call i32 asm "bfe.u32 $0, $1, 4, 8;", "=r,r"(i32 %x)      ->   shifts and masks of %x
    %s = call i32 asm "bfind.u32 $0, $1;", "=r,r"(i32 %x)          ;    stays, and `reject-inline-ptx` names it

The decision is made before the first instruction is inserted: a call is translated whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.values import InlineAsm

_SHARED_IN_32_BITS = "-p3:32:"
_FLUSHES = "__CUDA_FTZ"


@dataclass(frozen=True)
class InlinePtx(Pass):
    """Looks only into bodies with `asm`; a text is read by the grammar when there is one."""

    name: ClassVar[str] = "inline-ptx"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace the calls whose every statement has a record."""
        for function in module.definitions():
            if function.body_text is None or " asm " in function.body_text:
                _translate_in(module, function, facts)


def _translate_in(module: Module, function: Function, facts: TargetFacts) -> None:
    found = [(i, i.callee) for i in function.instructions() if isinstance(i, Call) and isinstance(i.callee, InlineAsm)]
    for call, asm in found:
        if isinstance(asm, InlineAsm) and asm.template.strip():
            _translate(module, call, asm, facts)


def _translate(module: Module, call: Call, asm: InlineAsm, facts: TargetFacts) -> None:
    from crosswarp.ir.ptx.syntax import PtxError  # lark is loaded by programs with inline PTX only
    from crosswarp.ir.ptx.translate import translate

    shared_bits = 32 if _SHARED_IN_32_BITS in facts.datalayout else 64
    try:
        translate(module, call, asm, shared_bits, not facts.reflect.get(_FLUSHES, 0))
    except PtxError:
        return
