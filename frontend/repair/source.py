"""A source text as a list of tokens, and edits to it. Every edit keeps the lines, so that diagnostics still name the user's."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

# Comments and directives are no tokens, but nothing is looked for across a directive.
_TOKEN = re.compile(
    r"//(?:[^\n\\]|\\.)*|/\*.*?\*/|(?P<directive>^[ \t]*#(?:[^\n\\]|\\.)*)|"
    r"(?P<token>(?:u8|[uUL])?R\"(?P<end>[^\s()\\]{0,16})\(.*?\)(?P=end)\"|\"(?:[^\"\\\n]|\\.)*\"|"
    r"\d[\w.']*|[A-Za-z_]\w*|'(?:[^'\\\n]|\\.)*'|::|->|\.\.\.|\S)", re.S | re.M)
_COMMENT = re.compile(r"//(?:[^\n\\]|\\.)*|/\*.*?\*/|(?P<literal>\"(?:[^\"\\\n]|\\.)*\")", re.S)
OPENERS = {"(": ")", "[": "]", "{": "}"}
_CLOSERS = {close: opener for opener, close in OPENERS.items()}


@dataclass(frozen=True, order=True)
class Edit:
    """Replaces the characters from `start` to `end`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Token:
    """A word, a number, a literal, a sign, or a whole preprocessor directive (`#...`)."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the token ends."""
        return self.start + len(self.text)

    @property
    def is_word(self) -> bool:
        """Whether this is an identifier or a keyword."""
        return self.text[0].isalpha() or self.text[0] == "_"


@dataclass
class Source:
    """One file's text."""

    text: str
    _lines: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._lines = [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens in order."""
        found = []
        for match in _TOKEN.finditer(self.text):
            kind = "directive" if match["directive"] else "token"
            if match[kind]:
                found.append(Token(match[kind], match.start(kind)))
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def offset(self, line: int, column: int) -> int:
        """The character at clang's line and column, which count from 1, the column in bytes."""
        if not 1 <= line <= len(self._lines):
            return 0
        before = self.line(line).encode("utf-8", "surrogateescape")[: column - 1]
        return self._lines[line - 1] + len(before.decode("utf-8", "surrogateescape"))

    def line(self, number: int) -> str:
        """A line's text."""
        start = self._lines[number - 1]
        return self.text[start : self._lines[number] if number < len(self._lines) else len(self.text)]

    def index(self, offset: int) -> int:
        """The number of the token that an offset lies in, or of the last one before."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def is_at(self, at: int, text: str) -> bool:
        """Whether token `at` exists and reads `text`."""
        return 0 <= at < len(self.tokens) and self.tokens[at].text == text

    def closing(self, at: int) -> int:
        """The bracket that closes the one at token `at`; -1 if none does."""
        expected = [OPENERS[self.tokens[at].text]]
        for number in range(at + 1, len(self.tokens)):
            text = self.tokens[number].text
            if text in OPENERS:
                expected.append(OPENERS[text])
            elif text in _CLOSERS:
                if text != expected.pop():
                    return -1
                if not expected:
                    return number
        return -1

    def opening(self, at: int) -> int:
        """The bracket, round or angle, that opens the one at token `at`; -1 if none does."""
        close = self.tokens[at].text
        opener = "<" if close == ">" else _CLOSERS[close]
        depth = 0
        for number in range(at, -1, -1):
            text = self.tokens[number].text
            if text == close:
                depth += 1
            elif text == opener:
                depth -= 1
                if not depth:
                    return number
            elif close == ">" and text in ";{}":
                return -1
        return -1

    def closing_angle(self, at: int) -> int:
        """The `>` of the `<` at token `at`; -1 if it opens no list."""
        depth = 0
        number = at
        while number < len(self.tokens):
            text = self.tokens[number].text
            if text == "<":
                depth += 1
            elif text == ">":
                depth -= 1
                if not depth:
                    return number
            elif text in OPENERS:
                number = self.closing(number)
                if number < 0:
                    return -1
            elif text == ";":
                return -1
            number += 1
        return -1

    def slice(self, first: int, last: int) -> str:
        """The text from one token to another, in one line and without comments."""
        text = self.text[self.tokens[first].start : self.tokens[last].end]
        return _COMMENT.sub(lambda match: match["literal"] or " ", text).replace("\n", " ")


def edited(text: str, edits: set[Edit]) -> str:
    """The text after edits; of two that overlap the later one in the file is done."""
    before = len(text) + 1
    for edit in sorted(edits, reverse=True):
        if edit.end <= before:
            text = text[: edit.start] + edit.new + text[edit.end :]
            before = edit.start
    return text


def removal(text: str, start: int, end: int) -> Edit:
    """The edit that takes characters away and leaves the lines."""
    return Edit(start, end, "\n" * text.count("\n", start, end))
