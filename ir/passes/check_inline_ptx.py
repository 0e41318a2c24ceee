"""Reads the inline PTX that a target keeps: what is not PTX is an error here, with its place, not in a driver at run time.

    call void asm sideeffect "foo.sync;", ""()      ->   error: inline PTX: 'foo.sync': PTX has no such instruction

Operands and modifiers are the assembler's to check. A block may begin in one asm statement and end in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.passes.asm_calls import asm_calls, functions_with_asm
from crosswarp.ir.passes.asm_diagnostics import wrong_asm
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.ptx.syntax import Block, Instruction, Position, PtxError
from crosswarp.support.diagnostics import CompileError, Diagnostic

_BRACES = re.compile(r"//[^\n]*|/\*.*?\*/|\"[^\"]*\"|\$\{\d+(?::\w+)?\}|(?P<brace>[{}])", re.S)


@dataclass(frozen=True)
class CheckInlinePtx(Pass):
    """Looks only into bodies with `asm`. Raises `CompileError` with one diagnostic for each statement that is not PTX."""

    name: ClassVar[str] = "check-inline-ptx"
    requires: ClassVar[frozenset[str]] = frozenset({"plain-asm-text"})
    establishes: ClassVar[frozenset[str]] = frozenset({"known-inline-ptx"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Change nothing."""
        diagnostics = [problem for function in functions_with_asm(module) for problem in _problems(module, function)]
        if diagnostics:
            raise CompileError(diagnostics)


def _problems(module: Module, function: Function) -> Iterator[Diagnostic]:
    for call, asm in asm_calls(function):
        if asm.template.strip():
            from crosswarp.ir.ptx.translate import template_text  # lark is loaded by programs with inline PTX only

            text = template_text(asm)
            try:
                _check(text)
            except PtxError as error:
                yield wrong_asm(module, call, f"inline PTX: {error}", text, error.at)


def _check(text: str) -> None:
    from crosswarp.ir.ptx.opcodes import INSTRUCTIONS
    from crosswarp.ir.ptx.parser import parse

    opened, closed = _unbalanced(text)
    try:
        found = [parse("{" * closed + "\n" + text + "\n" + "}" * opened)]
        while found:
            for statement in found.pop().statements:
                if isinstance(statement, Block):
                    found.append(statement)
                elif isinstance(statement, Instruction) and statement.mnemonic.partition(".")[0] not in INSTRUCTIONS:
                    raise PtxError(f"'{statement.mnemonic}': PTX has no such instruction", statement.at)
    except PtxError as error:
        at = error.at and Position(max(error.at.line - 1, 1), error.at.column)
        raise PtxError(str(error), at) from None


def _unbalanced(text: str) -> tuple[int, int]:
    """How many braces open without an end, and how many end what another statement opened."""
    opened = closed = 0
    for found in _BRACES.finditer(text):
        if found["brace"] == "{":
            opened += 1
        elif found["brace"] and opened:
            opened -= 1
        elif found["brace"]:
            closed += 1
    return opened, closed
