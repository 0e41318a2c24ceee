"""Launches written as nvcc reads them and clang does not.

    kernel << <grid, block >> > (x);        ->  kernel<<< grid, block>>>  (x);
    kernel<<<grid, {16, 16, 1}>>>(x);       ->  kernel<<<grid, dim3{16, 16, 1}>>>(x);

nvcc takes blanks inside the chevrons (formatters that do not know CUDA put them there) and braces for grid and block. clang reports
"expected expression" at both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crosswarp.frontend.repair.source import OPENERS, Edit, Source, Token


@dataclass(frozen=True)
class _Launch:
    """Token numbers: the three `<`, the three `>`, and what grid and block begin with."""

    opening: int
    closing: int
    arguments: tuple[int, ...]


def launch_edits(source: Source) -> list[Edit]:
    """An edit for each piece of a launch that clang reads otherwise; every line stays."""
    tokens = list(_tokens(source))
    edits: list[Edit] = []
    for launch in _launches(tokens):
        edits += [_joined(source.text, tokens, at) for at in (launch.opening, launch.closing)]
        edits += [Edit(tokens[at].start, tokens[at].start, "dim3") for at in launch.arguments[:2] if tokens[at].text == "{"]
    return [edit for edit in edits if source.text[edit.start : edit.end] != edit.new]


def _tokens(source: Source) -> Iterator[Token]:
    """All tokens, those inside directives too: macros hold launches."""
    for token in source.tokens:
        if token.text.lstrip().startswith("#"):
            inside = token.text.index("#") + 1
            yield from (Token(part.text, token.start + inside + part.start) for part in Source(token.text[inside:]).tokens)
        else:
            yield token


def _joined(text: str, tokens: list[Token], at: int) -> Edit:
    """The edit that pulls three characters together and puts what was between them behind."""
    start, end = tokens[at].start, tokens[at + 2].start + 1
    character = tokens[at].text
    return Edit(start, end, character * 3 + text[start:end].replace(character, ""))


def _launches(tokens: list[Token]) -> Iterator[_Launch]:
    at = 1
    while at < len(tokens) - 2:
        launch = _launch(tokens, at) if _is_run(tokens, at, "<") and tokens[at - 1].text != "operator" else None
        if launch is None:
            at += 1
        else:
            yield launch
            at = launch.closing + 3


def _launch(tokens: list[Token], opening: int) -> _Launch | None:
    """The launch whose chevrons open at a token; None where nothing closes them."""
    expected: list[str] = []
    arguments = [opening + 3]
    for at in range(opening + 3, len(tokens)):
        text = tokens[at].text
        if text in OPENERS:
            expected.append(OPENERS[text])
        elif expected:
            if text == expected[-1]:
                expected.pop()
        elif text in (";", "}", ")"):
            return None
        elif text == ",":
            arguments.append(at + 1)
        elif _is_run(tokens, at, ">") and at + 3 < len(tokens) and tokens[at + 3].text == "(":
            return _Launch(opening, at, tuple(arguments))
    return None


def _is_run(tokens: list[Token], at: int, character: str) -> bool:
    """Three of a character, the first two side by side."""
    three = tokens[at : at + 3]
    return len(three) == 3 and all(t.text == character for t in three) and three[1].start == three[0].start + 1
