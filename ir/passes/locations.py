"""Where in the user's source an instruction comes from, by its `!dbg` metadata: for diagnostics of passes."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from crosswarp.ir.instructions import Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.values import Metadata
from crosswarp.support.diagnostics import Location

_FIELD = {name: re.compile(rf"\b{name}: ([^,)]+)") for name in ("line", "column", "scope", "file", "inlinedAt")}
_STRING = {name: re.compile(rf'\b{name}: "([^"]*)"') for name in ("filename", "directory")}
_MAX_SCOPES = 64


def location_of(module: Module, instruction: Instruction) -> Location | None:
    """File, line and column of an instruction; None when it was compiled without debug information."""
    text = node_text(module, instruction.metadata.get("dbg"))
    if text is None:
        return None
    file = _file_of_scope(module, _field(text, "scope"))
    return Location(file, _number(text, "line"), _number(text, "column")) if file else None


def outermost(module: Module, instruction: Instruction) -> Location | None:
    """Where the function that an instruction was inlined into calls what it comes from; its own place where nothing was inlined."""
    text, seen = node_text(module, instruction.metadata.get("dbg")), 0
    while text is not None and seen < _MAX_SCOPES and (further := node_text(module, _field(text, "inlinedAt"))) is not None:
        text, seen = further, seen + 1
    file = _file_of_scope(module, _field(text, "scope")) if text is not None else None
    return Location(file, _number(text, "line"), _number(text, "column")) if text is not None and file else None


def place_of(module: Module, instruction: Instruction, otherwise: str) -> str:
    """The outermost place as people read it, or what stands for it where it is not known, with a colon and a space behind it."""
    place = outermost(module, instruction)
    return f"{place.file}:{place.line}:{place.column}: " if place is not None else f"{otherwise}: "


def node_text(module: Module, node: str | None) -> str | None:
    """What a reference to metadata (`!7`) stands for; a node that is written out is itself."""
    if node is None:
        return None
    number = Metadata(node).number
    return node if number is None else module.metadata.get(number)


def _field(text: str, name: str) -> str | None:
    found = _FIELD[name].search(text)
    return found[1] if found else None


def _number(text: str, name: str) -> int:
    value = _field(text, name)
    return int(value) if value is not None and value.isdigit() else 0


def _file_of_scope(module: Module, scope: str | None) -> str | None:
    for _ in range(_MAX_SCOPES):
        text = node_text(module, scope)
        if text is None:
            return None
        file = node_text(module, _field(text, "file"))
        if file is not None and (name := _STRING["filename"].search(file)):
            directory = _STRING["directory"].search(file)
            return str(PurePosixPath(directory[1] if directory else "") / name[1])
        scope = _field(text, "scope")
    return None
