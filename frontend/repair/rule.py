"""What a rule of repair is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from crosswarp.frontend.options import FrontendOptions
from crosswarp.frontend.repair.messages import Message
from crosswarp.frontend.repair.source import Edit, Source

DEVICE, HOST = "device", "host"
HOST_CALL_WARNING = "calling the __host__ function '{name}' from a __host__ __device__ function: on the device this ends the launch"


@dataclass(frozen=True)
class Place:
    """An edit of a file."""

    file: str
    edit: Edit


@dataclass(frozen=True)
class Case:
    """One error, the match of a rule's pattern in its text, and the sources as they are compiled now."""

    message: Message
    match: re.Match[str]
    read: Callable[[str], Source | None]

    def at(self, message: Message, edits: Callable[[Source, int], list[Edit]]) -> list[Place]:
        """The edits that a function proposes for the place of a message."""
        source = self.read(message.file)
        if source is None or not source.tokens:
            return []
        return [Place(message.file, edit) for edit in edits(source, source.offset(message.line, message.column))]


@dataclass(frozen=True)
class Rule:
    """Errors that match `pattern` on one of `sides` are answered by edits; `warning` is what nvcc warns of then.

    A `late` rule waits until no other has an answer to any error.
    """

    pattern: str
    repair: Callable[[Case], list[Place]]
    sides: tuple[str, ...] = (DEVICE, HOST)
    warning: str = ""
    late: bool = False


@dataclass(frozen=True)
class Setting:
    """Errors that match `pattern` are answered by other options; `warning` is what nvcc warns of then.

    With `source`, only where that pattern matches the text from the error's place to the end of its line. Beside one that stands
    `alone` no other error is answered: they may come of the same cause.
    """

    pattern: str
    change: Callable[[FrontendOptions], FrontendOptions]
    warning: str = ""
    source: str = ""
    alone: bool = False
