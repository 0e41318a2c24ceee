"""Finds the direct calls of many functions in one walk over the module."""

from __future__ import annotations

from collections.abc import Collection

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module


def calls_of(module: Module, functions: Collection[Function], *markers: str) -> dict[Function, list[Call]]:
    """Calls of each of `functions`, which keep the names they were read with.

    Bodies that are still text and hold none of `markers` (what the functions' names start with) are not read.
    """
    found: dict[Function, list[Call]] = {function: [] for function in functions}
    if not found:
        return found
    for function in module.definitions():
        text = function.body_text
        if text is not None and not any(marker in text for marker in markers):
            continue
        for instruction in function.instructions():
            if isinstance(instruction, Call) and isinstance(instruction.operands[0], Function) and instruction.operands[0] in found:
                found[instruction.operands[0]].append(instruction)
    return found
