"""Diagnostics about asm statements: the place in the source, and the line of the text with a caret."""

from __future__ import annotations

from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.asm_locations import location_of_asm
from crosswarp.ir.passes.locations import location_of
from crosswarp.ir.ptx.syntax import Position
from crosswarp.support.diagnostics import Diagnostic, Location, pointed_out

CODE = "CW3001"
_HINT = "docs/ptx.md lists what is translated; guard the rest"


def unsupported_asm(module: Module, call: Call, what: str, text: str = "", at: Position | None = None) -> Diagnostic:
    """Something that this target lacks. `at` is a place in `text`."""
    location = _location(module, call, at)
    hint = _HINT if location else f"{_HINT}, or compile with -lineinfo to see its line"
    message = f"unsupported: {what}{_in_function(call) if location is None else ''} on this target"
    return Diagnostic("error", message, CODE, location, hint, _excerpt(text, at))


def wrong_asm(module: Module, call: Call, what: str, text: str, at: Position | None) -> Diagnostic:
    """Something that is not PTX on any target."""
    location = _location(module, call, at)
    message = f"{what}{_in_function(call) if location is None else ''}"
    return Diagnostic("error", message, CODE, location, "" if location else "compile with -lineinfo to see its line",
                      _excerpt(text, at))


def _in_function(call: Call) -> str:
    return "" if call.function is None else f" in function '{call.function.name}'"


def _location(module: Module, call: Call, at: Position | None) -> Location | None:
    return location_of(module, call) if at is None else location_of_asm(module, call, at.line, at.column)


def _excerpt(text: str, at: Position | None) -> str:
    """Where in the text of the asm statement: `%0` is written `$0` there."""
    if at is None:
        return ""
    lines = text.expandtabs(1).split("\n")
    heading = f"  in the asm text, line {at.line}, column {at.column}:"
    return "\n".join([heading, *pointed_out(lines[min(at.line, len(lines)) - 1], at.line, at.column)])
