"""Preprocessor directives: what a file includes and defines, and which of its text is never compiled.

A scan knows no macros, so every branch of a condition is read: a program for several CUDA versions uses what any of them asks
for. Only `#if 0` (and the `#else` of `#if 1`) is left out. Text of macros is kept apart from the program's, since it stands in no
function.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from crosswarp.cuda_api_coverage.scan.tokens import Lexed, Token, at_line_start

_LOGICAL_LINE = re.compile(r"[^\\\n]*+(?:\\[ \t]*\n?[^\\\n]*+)*+")
_INCLUDE = re.compile(r'#[ \t]*(?:include|include_next|import)[ \t]*([<"])([^>"\n]*)')
_CONDITIONS = frozenset(("if", "ifdef", "ifndef", "elif", "elifdef", "elifndef"))
_NEVER, _ALWAYS = {("0",), ("false",)}, {("1",), ("true",)}


@dataclass(frozen=True, slots=True)
class Macro:
    """One `#define`; `body` also has the parameters' names where it has parameters."""

    name: str
    at: int
    body: list[Token]


@dataclass(slots=True)
class Parts:
    """A file's text, taken apart. `includes` and `pragmas` are names, of a pragma two words, and their places."""

    program: list[Token] = field(default_factory=list)
    macros: list[Macro] = field(default_factory=list)
    conditions: list[list[Token]] = field(default_factory=list)
    includes: list[Token] = field(default_factory=list)
    pragmas: list[Token] = field(default_factory=list)
    host_only: list[tuple[int, int]] = field(default_factory=list)
    """Offsets between which nvcc compiles nothing: `#ifndef __CUDACC__`."""
    left_out: list[tuple[int, int]] = field(default_factory=list)
    """Offsets between which nobody compiles anything: `#if 0`."""


@dataclass(slots=True)
class _Condition:
    """One `#if` and its branches: whether this branch is left out, was compiled for sure, or is not nvcc's."""

    skipped: bool
    taken: bool
    cudacc: bool | None
    since: int


@dataclass(slots=True)
class _Splitter:
    lexed: Lexed
    parts: Parts = field(default_factory=Parts)
    nesting: list[_Condition] = field(default_factory=list)
    since: int = 0

    def run(self) -> Parts:
        tokens = self.lexed.tokens
        offsets = [at for _, at in tokens]
        begin = 0
        for index in [index for index, (token, _) in enumerate(tokens) if token[0] == "#"]:
            at = offsets[index]
            since = offsets[index - 1] + len(tokens[index - 1][0]) if index else 0
            if index < begin or not at_line_start(self.lexed.text, at, since):
                continue
            self._program(tokens[begin:index])
            end = _LOGICAL_LINE.match(self.lexed.text, at)
            begin = bisect_left(offsets, end.end() if end else at + 1)
            self._at(at, tokens[index:begin])
        self._program(tokens[begin:])
        if not self._active():
            self.parts.left_out.append((self.since, len(self.lexed.text)))
        return self.parts

    def _at(self, at: int, tokens: list[Token]) -> None:
        """One directive, and whether it begins or ends what is left out."""
        before = self._active()
        self._directive(tokens)
        if before and not self._active():
            self.since = at
        elif self._active() and not before:
            self.parts.left_out.append((self.since, at))

    def _active(self) -> bool:
        return not any(condition.skipped for condition in self.nesting)

    def _program(self, tokens: list[Token]) -> None:
        if tokens and self._active():
            self.parts.program += tokens

    def _directive(self, tokens: list[Token]) -> None:
        included = _INCLUDE.match(tokens[0][0])
        word = "" if included or len(tokens) < 2 else tokens[1][0]
        if word in {"if", "ifdef", "ifndef"}:
            self._open(word, tokens)
        elif word in {"elif", "elifdef", "elifndef", "else", "endif"}:
            self._next_branch(word, tokens)
        if not self._active():
            return
        if included:
            self.parts.includes.append((included[2], tokens[0][1] + included.start(2)))
        elif word == "define" and len(tokens) > 2:
            self.parts.macros.append(Macro(tokens[2][0], tokens[2][1], tokens[3:]))
        elif word == "pragma" and len(tokens) > 2:
            self.parts.pragmas.append((" ".join(token for token, _ in tokens[2:4]), tokens[0][1]))
        elif word in _CONDITIONS:
            self.parts.conditions.append(tokens[2:])

    def _open(self, word: str, tokens: list[Token]) -> None:
        what = self._words(tokens)
        self.nesting.append(
            _Condition(word == "if" and what in _NEVER, word == "if" and what in _ALWAYS, _asks_for_nvcc(word, what), tokens[0][1])
        )

    def _next_branch(self, word: str, tokens: list[Token]) -> None:
        if not self.nesting:
            return
        condition = self.nesting[-1]
        if condition.cudacc is False:
            self.parts.host_only.append((condition.since, tokens[0][1]))
        if word == "endif":
            self.nesting.pop()
            return
        condition.skipped = condition.taken or (word == "elif" and self._words(tokens) in _NEVER)
        condition.cudacc = None if condition.cudacc is None or word != "else" else not condition.cudacc
        condition.since = tokens[0][1]

    def _words(self, tokens: list[Token]) -> tuple[str, ...]:
        """The condition's text without its parentheses and comments; numbers are no tokens, so short ones come from the text."""
        words = tuple(token for token, _ in tokens[2:] if token not in {"(", ")"})
        if words or len(tokens) < 2:
            return words
        line = _LOGICAL_LINE.match(self.lexed.text, tokens[1][1] + len(tokens[1][0]))
        number = re.match(r"[\s(]*([01])[lLuU]*[\s)]*(?:/[/*]|$)", line[0] if line else "")
        return (number[1],) if number else ()


def _asks_for_nvcc(word: str, what: tuple[str, ...]) -> bool | None:
    """True: the branch is compiled by nvcc only, False: by other compilers only."""
    plain = tuple(token for token in what if token != "defined")
    if plain == ("__CUDACC__",):
        return word != "ifndef"
    return False if word == "if" and plain == ("!", "__CUDACC__") else None


def split(lexed: Lexed) -> Parts:
    """Take a file apart."""
    return _Splitter(lexed).run()
