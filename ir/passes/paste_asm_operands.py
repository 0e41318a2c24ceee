r"""Puts constants into the text of asm statements, where the text names them: numbers (`"n"`) and strings (nvcc's `"C"`).

    asm "add$3.f32 $0, $1, $2;", "=f,f,f,i"(float %a, float %b, ptr @mode)      @mode = constant [5 x i8] c".ftz\00"
    ->  asm "add.ftz.f32 $0, $1, $2;", "=f,f,f,i"(float %a, float %b, i32 0)

Front ends write a string's operand with `i`, which nvcc has not in device code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantBytes, ConstantExpr, ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.asm_calls import asm_calls, functions_with_asm
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import I32, FunctionType
from crosswarp.ir.values import InlineAsm, Value

_OPERAND = re.compile(r"\$\$|\$(\d+)|\$\{(\d+)(?::\w+)?\}")
_CONSTANTS = ("i", "n")


@dataclass(frozen=True)
class PasteAsmOperands(Pass):
    """Looks only into bodies with `asm`."""

    name: ClassVar[str] = "paste-asm-operands"
    establishes: ClassVar[frozenset[str]] = frozenset({"plain-asm-text"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Change the texts."""
        for function in functions_with_asm(module):
            for call, asm in asm_calls(function):
                _paste(call, asm)


def _paste(call: Call, asm: InlineAsm) -> None:
    constraints = [c for c in asm.constraints.split(",") if c and not c.startswith("~")]
    first = sum(c.startswith("=") for c in constraints)
    given = enumerate(zip(constraints[first:], call.arguments, strict=False), first)
    texts = {number: text for number, (c, value) in given if c in _CONSTANTS and (text := _text(value)) is not None}
    if not texts:
        return
    template = _OPERAND.sub(lambda found: texts.get(int(found[1] or found[2] or -1), found[0]), asm.template)
    arguments = [value if isinstance(value, ConstantInt) or number not in texts else ConstantInt(I32, 0)
                 for number, value in enumerate(call.arguments, first)]
    signature = FunctionType(asm.function_type.result, tuple(value.type for value in arguments))
    attributes = call.argument_attributes
    call.set_call(InlineAsm(signature, template, asm.constraints, asm.flags), signature, arguments, attributes)


def _text(value: Value) -> str | None:
    """What stands for a constant: a number, or the characters of a string up to its NUL; None for other values."""
    if isinstance(value, ConstantInt):
        return str(value.value)
    if isinstance(value, ConstantExpr) and value.opcode == "addrspacecast":
        (value,) = value.operands
    if isinstance(value, GlobalVariable) and value.is_constant and isinstance(value.initializer, ConstantBytes):
        return value.initializer.data.partition(b"\0")[0].decode(errors="replace").replace("$", "$$")
    return "" if isinstance(value, GlobalVariable) and _is_empty(value) else None


def _is_empty(variable: GlobalVariable) -> bool:
    """A string without characters is written as zeros."""
    return variable.is_constant and str(variable.initializer) == "zeroinitializer"
