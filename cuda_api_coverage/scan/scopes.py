"""Which braces a place of a program stands in: a namespace, a class, a function, and whether nvcc compiles that for the device."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from crosswarp.cuda_api_coverage.scan.tokens import Token

_DEVICE = frozenset(("__device__", "__global__"))
_TYPES = frozenset(("class", "struct", "union"))
_MARKER = re.compile(r"_*[A-Z][A-Z0-9_]+")
_IN_FRONT = frozenset(("typedef", "static", "extern", "const", "__device__", "__constant__", "export"))


class Scope(NamedTuple):
    """One pair of braces. `markers`: words of the function's head that may be macros for `__device__`."""

    kind: str  # "namespace", "class", "enum" or "function", which is also a block and an initializer
    device: bool = False
    markers: frozenset[str] = frozenset()


OUTSIDE = Scope("namespace")


@dataclass(slots=True)
class Scopes:
    """The braces around the token that is read. `head` is where the statement begins in which it stands."""

    tokens: list[Token]
    open: list[Scope] = field(default_factory=list)
    head: int = 0

    @property
    def here(self) -> Scope:
        """The innermost."""
        return self.open[-1] if self.open else OUTSIDE

    def enter(self, index: int) -> None:
        """An opening brace."""
        self.open.append(self._scope(index))
        self.head = index + 1

    def leave(self, index: int) -> None:
        """A closing brace. More of them than were opened are ignored: branches of `#if` may each close the same."""
        if self.open:
            self.open.pop()
        self.head = index + 1

    def end_statement(self, index: int) -> None:
        """A semicolon."""
        self.head = index + 1

    def _scope(self, index: int) -> Scope:
        words = [token for token, _ in self.tokens[self.head : index]]
        kind = _kind(words)
        around = self.here
        device = around.device or not _DEVICE.isdisjoint(words)
        if kind != "function" or device:
            return Scope(kind, device, around.markers)
        if around.kind == "function" and "]" not in words:  # neither a function nor a lambda
            return Scope(kind, False, around.markers)
        return Scope(kind, False, around.markers.union(word for word in words if _MARKER.fullmatch(word)))


def _kind(words: list[str]) -> str:
    """What braces behind those words hold."""
    words = words[_behind_template(words) :]
    while words and words[0] in _IN_FRONT:
        words = words[1:]
    first = words[0] if words else ""
    if first == "enum":
        return "enum"
    if (first in {"namespace", "inline"} and "namespace" in words[:2]) or words in (['"C"'], ['"C++"']):
        return "namespace"
    return "class" if first in _TYPES and words[-1] != ")" else "function"


def _behind_template(words: list[str]) -> int:
    """Where the parameters of `template <...>` end; there may be several."""
    at, depth = 0, 0
    while at < len(words) and (depth or words[at] == "template" or (at and words[at - 1] == "template")):
        depth += (words[at] == "<") - (words[at] == ">")
        at += 1
    return at
