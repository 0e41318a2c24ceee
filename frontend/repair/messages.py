"""clang's diagnostics, read back."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_MESSAGE = re.compile(r"^(?P<file>[^\s:][^:\n]*):(?P<line>\d+):(?P<column>\d+): "
                      r"(?P<kind>fatal error|error|warning|note): (?P<text>.*)$", re.M)


@dataclass(frozen=True)
class Message:
    """An error with the notes that follow it, or a note. Where a macro was expanded, `text` is said of the expansion."""

    file: str
    line: int
    column: int
    text: str
    notes: tuple[Message, ...] = ()


def errors(printed: str) -> list[Message]:
    """The errors in what clang printed, in order."""
    found: list[Message] = []
    notes: list[Message] = []
    for match in reversed(list(_MESSAGE.finditer(_COLOUR.sub("", printed)))):
        message = Message(match["file"], int(match["line"]), int(match["column"]), match["text"])
        if match["kind"] == "note":
            notes.insert(0, message)
            continue
        if match["kind"] != "warning":
            found.insert(0, Message(message.file, message.line, message.column, message.text, tuple(notes)))
        notes = []
    return found
