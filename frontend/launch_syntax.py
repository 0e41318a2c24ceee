"""Launches written as nvcc reads them and clang does not.

    kernel << <grid, block >> > (x);        ->  kernel<<< grid, block>>>  (x);
    kernel<<<grid, {16, 16, 1}>>>(x);       ->  kernel<<<grid, dim3{16, 16, 1}>>>(x);

nvcc takes blanks inside the chevrons (formatters that do not know CUDA put them there) and braces for grid and block. clang reports
"expected expression" at both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What holds no tokens (comments, literals), or is one: a number with its digit separators, a word, any other character.
_TOKEN = re.compile(
    r"//(?:[^\n\\]|\\.)*|/\*.*?\*/|(?:u8|[uUL])?R\"(?P<end>[^\s()\\]{0,16})\(.*?\)(?P=end)\"|\"(?:[^\"\\\n]|\\.)*\"|"
    r"(?P<token>\d[\w.']*|[A-Za-z_]\w*|'(?:[^'\\\n]|\\.)*'|\S)", re.S)
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class _Token:
    text: str
    start: int


@dataclass(frozen=True)
class _Launch:
    """Token numbers: the three `<`, the three `>`, and what grid and block begin with."""

    opening: int
    closing: int
    arguments: tuple[int, ...]


def normalised(text: str) -> str:
    """The source with every launch as clang reads it; it has the same lines."""
    for start, end, new in sorted(launch_edits(text), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def launch_edits(text: str) -> list[tuple[int, int, str]]:
    """Start, end and replacement of each piece of a launch that clang reads otherwise."""
    tokens = [_Token(m["token"], m.start("token")) for m in _TOKEN.finditer(text) if m["token"]]
    edits: list[tuple[int, int, str]] = []
    for launch in _launches(tokens):
        edits += [_joined(text, tokens, at) for at in (launch.opening, launch.closing)]
        edits += [(tokens[at].start, tokens[at].start, "dim3") for at in launch.arguments[:2] if tokens[at].text == "{"]
    return [(start, end, new) for start, end, new in edits if text[start:end] != new]


def _joined(text: str, tokens: list[_Token], at: int) -> tuple[int, int, str]:
    """The edit that pulls three characters together and puts what was between them behind."""
    start, end = tokens[at].start, tokens[at + 2].start + 1
    character = tokens[at].text
    return start, end, character * 3 + text[start:end].replace(character, "")


def _launches(tokens: list[_Token]) -> Iterator[_Launch]:
    at = 1
    while at < len(tokens) - 2:
        launch = _launch(tokens, at) if _is_run(tokens, at, "<") and tokens[at - 1].text != "operator" else None
        if launch is None:
            at += 1
        else:
            yield launch
            at = launch.closing + 3


def _launch(tokens: list[_Token], opening: int) -> _Launch | None:
    """The launch whose chevrons open at a token; None where nothing closes them."""
    expected: list[str] = []
    arguments = [opening + 3]
    for at in range(opening + 3, len(tokens)):
        text = tokens[at].text
        if text in _CLOSERS:
            expected.append(_CLOSERS[text])
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


def _is_run(tokens: list[_Token], at: int, character: str) -> bool:
    """Three of a character, the first two side by side."""
    three = tokens[at : at + 3]
    return len(three) == 3 and all(t.text == character for t in three) and three[1].start == three[0].start + 1
