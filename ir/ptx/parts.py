"""Operands of video instructions: bytes and halves of registers, and negated registers.

a.h1    a.b0        the part of one register                        (words `b32.part`)
a.h31   b.b7650     lanes among those of both sources, highest first (`b32.lanes2`, `b32.lanes4`)
d.h1    d.b32       the lanes that are written                      (`b32.mask2`, `b32.mask4`)
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from crosswarp.ir.ptx.syntax import Immediate, Operand, PtxError, Selected

_SELECTORS = {
    "part": re.compile(r"b[0-3]|h[01]|"), "lanes2": re.compile(r"h[0-3]{2}|"), "lanes4": re.compile(r"b[0-7]{4}|"),
    "mask2": re.compile(r"h1?0?|"), "mask4": re.compile(r"b3?2?1?0?|"), "whole": re.compile(""),
}  # fmt: skip


class Part(NamedTuple):
    """What a meaning gets: the register's value, the selector without its dot (`h1`, or nothing), and whether it is negated."""

    value: Any
    selector: str
    negated: bool


def is_part(word: str) -> bool:
    """Whether a word of a signature asks for a `Part`."""
    return word.startswith("-") or ("." in word and not word.startswith(("imm", "[")))


def split(operand: Operand, word: str) -> tuple[Operand, str, bool]:
    """The register itself, selector and sign. Raises `PtxError` for those that the word does not permit."""
    kind = word.partition(".")[2] or "whole"
    chosen = operand if isinstance(operand, Selected) else Selected(operand)
    if not _SELECTORS[kind].fullmatch(chosen.selector) or (chosen.selector in ("h", "b")):
        raise PtxError(f"the selector '.{chosen.selector}'")
    if isinstance(chosen.base, Immediate) and (kind not in ("part", "whole") or (word.startswith("-") and chosen.base.value < 0)):
        raise PtxError("a number as this operand")
    if chosen.negated and not word.startswith("-"):
        raise PtxError("a negated operand")
    return chosen.base, chosen.selector, chosen.negated


def selector_of(operand: Operand) -> str:
    """The selector of an operand as it is written."""
    return operand.selector if isinstance(operand, Selected) else ""
