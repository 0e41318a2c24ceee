"""The asm statements of a module. Only bodies with `asm` are looked into: the others may never have been read."""

from __future__ import annotations

from collections.abc import Iterator

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.values import InlineAsm


def functions_with_asm(module: Module) -> list[Function]:
    """The definitions that may have asm statements."""
    return [f for f in module.definitions() if f.body_text is None or " asm " in f.body_text]


def asm_calls(function: Function) -> Iterator[tuple[Call, InlineAsm]]:
    """Each asm statement of a function, and what it calls."""
    for instruction in function.instructions():
        if isinstance(instruction, Call) and isinstance(instruction.callee, InlineAsm):
            yield instruction, instruction.callee
