"""Small things that EDG's front end lets pass: pragmas in wrong places, default arguments, lists behind a member's name."""

from __future__ import annotations

import re
from collections.abc import Callable

from crosswarp.frontend.repair.declarations import declaration_start
from crosswarp.frontend.repair.launches import launch_edits
from crosswarp.frontend.repair.rule import DEVICE, Case, Place, Rule
from crosswarp.frontend.repair.source import Edit, Source, removal

_UNROLL = re.compile(r"^[ \t]*#[ \t]*pragma[ \t]+(?:no)?unroll\b[^\n]*", re.M)


def _launches(source: Source, offset: int) -> list[Edit]:
    del offset  # a macro's launch is reported where the macro is used
    return launch_edits(source)


def _unroll(source: Source, offset: int) -> list[Edit]:
    """Takes the unroll pragma away that stands at an offset, or before it with blank lines between."""
    line = source.text.rfind("\n", 0, offset) + 1
    found = [match for match in _UNROLL.finditer(source.text) if match.start() <= line]
    if not found or (found[-1].start() != line and source.text[found[-1].end() : line].strip()):
        return []
    return [removal(source.text, found[-1].start(), found[-1].end())]


def _default_argument(source: Source, offset: int) -> list[Edit]:
    """Takes the default argument away that an offset is in."""
    at = source.index(offset)
    while at > 0 and not source.is_at(at, "="):
        if source.tokens[at].text in (";", "{", "}"):
            return []
        at -= 1
    end = at
    while end < len(source.tokens) and source.tokens[end].text not in (",", ")"):
        text = source.tokens[end].text
        end = source.closing(end) + 1 if text in ("(", "[", "{") else source.closing_angle(end) + 1 if text == "<" else end + 1
        if end <= 0:
            return []
    return [removal(source.text, source.tokens[at].start, source.tokens[end].start)]


def _repeated_default(source: Source, offset: int) -> list[Edit]:
    """Takes a default argument away that a template's definition repeats; nvcc keeps the first."""
    at = source.index(offset)
    while at > 0 and not source.is_at(at, "("):
        at -= 1
    if not source.is_at(declaration_start(source, at), "template") or not source.is_at(source.index(offset) + 1, "="):
        return []
    return _default_argument(source, source.tokens[source.index(offset) + 1].start)


def _argument_list(source: Source, offset: int) -> list[Edit]:
    """Takes `<U>` away in `template <class T> template <class U> void A<T>::f<U>(U) {}`."""
    name = source.index(offset)
    if not source.is_at(name + 1, "<") or not source.is_at(name - 1, "::"):
        return []
    end = source.closing_angle(name + 1)
    return [removal(source.text, source.tokens[name + 1].start, source.tokens[end].end)] if end > 0 else []


def _there(edits: Callable[[Source, int], list[Edit]]) -> Callable[[Case], list[Place]]:
    """A repair at the place of the error."""
    return lambda case: case.at(case.message, edits)


RULES = (
    Rule("^expected expression", _there(_launches)),
    Rule("^expected a for, while, or do-while loop to follow '#pragma (?:no)?unroll", _there(_unroll)),
    Rule("^expected statement", _there(_unroll)),
    Rule("^incompatible directives '#pragma (?:no)?unroll", _there(_unroll)),
    Rule("^invalid value '.*'; must be positive", _there(_unroll)),
    Rule("^default argument references parameter", _there(_default_argument)),
    Rule("^redefinition of default argument", _there(_repeated_default), (DEVICE,)),
    Rule("^function template partial specialization is not allowed", _there(_argument_list)),
)
