"""Launches written as nvcc reads them and clang does not.

    kernel << <grid, block >> > (x);        ->  kernel<<< grid, block>>>  (x);
    kernel<<<grid, {16, 16, 1}>>>(x);       ->  kernel<<<grid, dim3{16, 16, 1}>>>(x);

nvcc takes blanks inside the chevrons (formatters that do not know CUDA put them there) and braces for grid and block. clang reports
"expected expression" at both. Only then are the files it names rewritten, line for line, and read in place of the originals: a
source that clang accepts never comes here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.diagnostics import ToolError

_REFUSED = re.compile(r"^(?:\x1b\[[0-9;]*m)*(.+?):\d+:\d+: (?:\x1b\[[0-9;]*m)*error: (?:\x1b\[[0-9;]*m)*expected expression", re.M)
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


def with_launch_syntax(options: FrontendOptions, prefix: tuple[str, ...], run: Callable[[FrontendOptions], None]) -> None:
    """Call `run`; where clang refuses a launch that nvcc takes, once more with the files concerned rewritten.

    `prefix` stands before each word for clang's front end: `-Xclang` on a driver's command line. Raises `ToolError`.
    """
    try:
        run(options)
    except ToolError as error:
        with TemporaryDirectory(prefix="crosswarp-launches-") as folder:
            words = _remapped(error.stderr, Path(folder))
            if not words:
                raise
            extra = [part for word in words for part in (*prefix, word)]
            run(replace(options, extra_clang=(*options.extra_clang, *extra)))


def _remapped(messages: str, folder: Path) -> list[str]:
    """Front-end words that put a rewritten copy in the place of each file in which clang refused an expression."""
    words = []
    for number, name in enumerate(dict.fromkeys(_REFUSED.findall(messages))):
        try:
            text = Path(name).read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            continue
        rewritten = normalised(text)
        if rewritten != text and ";" not in name:
            copy = folder / f"{number}{Path(name).suffix}"
            copy.write_bytes(rewritten.encode("utf-8", "surrogateescape"))
            words += ["-remap-file", f"{name};{copy}"]
    return words


def normalised(text: str) -> str:
    """The source with every launch as clang reads it; it has the same lines."""
    tokens = [_Token(m["token"], m.start("token")) for m in _TOKEN.finditer(text) if m["token"]]
    edits: list[tuple[int, int, str]] = []
    for launch in _launches(tokens):
        edits += [_joined(text, tokens, at) for at in (launch.opening, launch.closing)]
        edits += [(tokens[at].start, tokens[at].start, "dim3") for at in launch.arguments[:2] if tokens[at].text == "{"]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


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
