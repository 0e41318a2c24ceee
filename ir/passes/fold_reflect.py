r"""Replaces `__nvvm_reflect("...")`, NVIDIA's compile-time query, by its answer.

Only the NVPTX backend folds it. The answers are facts of the target (`TargetFacts.reflect`); an unknown query is 0, as there.

    %ftz = call i32 @__nvvm_reflect(ptr @.str)     ; @.str = c"__CUDA_FTZ\00"
    ->  0 in place of %ftz
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantBytes, ConstantExpr, ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.locations import location_of
from crosswarp.ir.types import IntType
from crosswarp.ir.values import Value
from crosswarp.support.diagnostics import unsupported

_NAMES = ("__nvvm_reflect", "llvm.nvvm.reflect", "llvm.nvvm.reflect.p0")


@dataclass(frozen=True)
class FoldReflect(Pass):
    """Answers every `__nvvm_reflect` query."""

    name: ClassVar[str] = "fold-reflect"
    establishes: ClassVar[frozenset[str]] = frozenset({"no-reflect"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace the calls and remove the declaration."""
        for name in _NAMES:
            function = module.functions.get(name)
            if function is None:
                continue
            for call in module.calls_to(function):
                _fold(module, call, facts)
            module.remove(function)


def _fold(module: Module, call: Call, facts: TargetFacts) -> None:
    query = _text(call.arguments[0])
    function, kind = call.function, call.type
    if query is None or function is None or not isinstance(kind, IntType):
        raise unsupported("__nvvm_reflect of a string that is not constant", "CW3002", location_of(module, call))
    function.replace_all_uses(call, ConstantInt(kind, facts.reflect.get(query, 0)))
    call.erase()


def _text(pointer: Value) -> str | None:
    while isinstance(pointer, ConstantExpr):
        pointer = pointer.operands[0]
    if isinstance(pointer, GlobalVariable) and isinstance(pointer.initializer, ConstantBytes):
        return pointer.initializer.data.rstrip(b"\0").decode(errors="replace")
    return None
