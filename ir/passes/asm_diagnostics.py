"""Diagnostics about asm statements: the place in the source, and the line of the text with a caret."""

from __future__ import annotations

from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.asm_locations import location_of_asm
from crosswarp.ir.passes.locations import location_of
from crosswarp.support.diagnostics import Diagnostic, pointed_out

CODE = "CW3001"
_HINT = "docs/ptx.md lists what is translated; guard the rest"


def unsupported_asm(module: Module, call: Call, what: str, text: str = "", place: tuple[int, int] | None = None) -> Diagnostic:
    """Something that this target lacks. `place` is line and column in `text`, both from 1."""
    location = location_of_asm(module, call, *place) if place else location_of(module, call)
    hint = _HINT if location else f"{_HINT}, or compile with -lineinfo to see its line"
    message = f"unsupported: {what}{_in_function(call) if location is None else ''} on this target"
    return Diagnostic("error", message, CODE, location, hint, _excerpt(text, place))


def wrong_asm(module: Module, call: Call, what: str, text: str, place: tuple[int, int] | None) -> Diagnostic:
    """Something that is not PTX on any target."""
    location = location_of_asm(module, call, *place) if place else location_of(module, call)
    message = f"{what}{_in_function(call) if location is None else ''}"
    return Diagnostic("error", message, CODE, location, "" if location else "compile with -lineinfo to see its line",
                      _excerpt(text, place))


def _in_function(call: Call) -> str:
    return "" if call.function is None else f" in function '{call.function.name}'"


def _excerpt(text: str, place: tuple[int, int] | None) -> str:
    """Where in the text of the asm statement: `%0` is written `$0` there."""
    if place is None:
        return ""
    (line, column), lines = place, text.expandtabs(1).split("\n")
    heading = f"  in the asm text, line {line}, column {column}:"
    return "\n".join([heading, *pointed_out(lines[min(line, len(lines)) - 1], line, column)])
