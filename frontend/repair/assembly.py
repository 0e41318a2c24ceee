"""asm statements as nvcc reads them: `%laneid` with one `%`, operands without a comma between, strings pasted into the text."""

from __future__ import annotations

import re
from collections.abc import Callable

from crosswarp.frontend.repair.rule import DEVICE, Case, Place, Rule
from crosswarp.frontend.repair.source import Edit, Source

_ASM = {"asm", "__asm__", "__asm"}
# nvcc leaves a name alone; a letter and a number are what clang reads, an operand with a modifier.
_NAME = re.compile(r"%%|%(?=[A-Za-z][A-Za-z_])")


def _names(source: Source, offset: int) -> list[Edit]:
    """Doubles the `%` of names in the literal at an offset and in those beside it, which are one text."""
    first = last = source.index(offset)
    if not _is_literal(source, first):
        return []
    while _is_literal(source, first - 1):
        first -= 1
    while _is_literal(source, last + 1):
        last += 1
    edits = []
    for token in source.tokens[first : last + 1]:
        at = [token.start + found.start() for found in _NAME.finditer(token.text) if found[0] == "%"]
        edits += [Edit(start, start, "%") for start in at]
    return edits


def _string(source: Source, offset: int) -> list[Edit]:
    """`"C"(text)` becomes `"i"(text)`: the pass `paste-asm-strings` does the rest."""
    token = source.tokens[source.index(offset)]
    return [Edit(token.start, token.end, '"i"')] if token.text == '"C"' else []


def _comma(source: Source, offset: int) -> list[Edit]:
    """A comma between operands that lack one, `"r"(a) "l"(b)`, in the asm statement around them."""
    at = source.index(offset)
    if not (_is_literal(source, at) and source.is_at(at + 1, "(") and source.is_at(at - 1, ")")):
        return []
    before = at - 1
    while before >= 0 and source.tokens[before].text not in ("(", ";", "{", "}"):
        before = source.opening(before) - 1 if source.tokens[before].text == ")" else before - 1
    words = {token.text for token in source.tokens[max(before - 2, 0) : before]}
    return [Edit(source.tokens[at].start, source.tokens[at].start, ", ")] if words & _ASM and source.is_at(before, "(") else []


def _is_literal(source: Source, at: int) -> bool:
    return 0 <= at < len(source.tokens) and source.tokens[at].text.endswith('"')


def _anywhere(edits: Callable[[Source, int], list[Edit]]) -> Callable[[Case], list[Place]]:
    """A repair at the place of the error, or where a macro spells it."""
    return lambda case: [place for message in (case.message, *case.message.notes) for place in case.at(message, edits)]


RULES = (
    Rule("^invalid % escape in inline assembly string", _anywhere(_names), (DEVICE,)),
    Rule(r"^expected '\)'", _anywhere(_comma)),
    Rule("^invalid input constraint 'C' in asm", _anywhere(_string), (DEVICE,)),
)
