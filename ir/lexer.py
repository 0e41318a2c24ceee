"""Tokens of LLVM text: one regular expression, one list of strings per piece of text.

A token's kind shows in its first character: `%` local, `@` global, `!` metadata, `#` attribute group or debug record,
`"` string, `c"` byte string, a digit or `-` a number, `label:` a label, otherwise a word or a punctuation mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = re.compile(
    r'[%@$](?:"[^"]*"|[-a-zA-Z$._0-9]+)'
    r'|c?"[^"]*":?'
    r"|[-+a-zA-Z$._0-9]+:?"
    r"|![-a-zA-Z$._0-9\\]*"
    r"|#[a-zA-Z_0-9]*"
    r"|;[^\n]*"
    r"|\S"
)
_OPENERS = frozenset("([{<")
_CLOSERS = frozenset(")]}>")


class ReadError(Exception):
    """Text that is not LLVM IR, or a construct this reader does not know. `line` counts from 1 in the text read."""

    def __init__(self, message: str, line: int, excerpt: str = "") -> None:
        super().__init__(f"line {line}: {message}" + (f"\n  {excerpt}" if excerpt else ""))
        self.message, self.line = message, line


def tokenize(text: str) -> list[str]:
    """All tokens of `text`, without comments."""
    tokens: list[str] = _TOKEN.findall(text)
    if ";" in text:
        return [t for t in tokens if t[0] != ";"]
    return tokens


def line_of_token(text: str, index: int) -> int:
    """Line (from 0) of the `index`-th token of `text`, or the last line when there are fewer tokens."""
    seen = -1
    for match in _TOKEN.finditer(text):
        if match[0][0] != ";":
            seen += 1
        if seen == index:
            return text.count("\n", 0, match.start())
    return text.rstrip("\n").count("\n")


def depth_change(tokens: Sequence[str]) -> int:
    """How many brackets `tokens` open and do not close."""
    return sum((t in _OPENERS) - (t in _CLOSERS) for t in tokens)


class Cursor:
    """A position in a list of tokens. The list ends with an empty token, so looking ahead never fails."""

    __slots__ = ("pos", "text", "tokens", "whole", "whole_start")

    def __init__(self, text: str, whole: str | None = None, whole_start: int = 0) -> None:
        """`text` is a piece of `whole` that starts at offset `whole_start`; errors give lines of `whole`."""
        self.text = text
        self.tokens = tokenize(text)
        self.tokens += ("", "", "")
        self.pos = 0
        self.whole = text if whole is None else whole
        self.whole_start = whole_start

    def fail(self, message: str, at: int | None = None) -> ReadError:
        """The error to raise, with the line of the current token (or of token number `at`)."""
        local = line_of_token(self.text, self.pos if at is None else at)
        line = self.whole.count("\n", 0, self.whole_start) + local + 1
        lines = self.text.splitlines()
        return ReadError(message, line, lines[local].strip()[:160] if local < len(lines) else "")

    def next(self) -> str:
        """The current token; moves on."""
        token = self.tokens[self.pos]
        self.pos += 1
        return token

    def accept(self, token: str) -> bool:
        """Skip `token` if it is the current one."""
        if self.tokens[self.pos] == token:
            self.pos += 1
            return True
        return False

    def expect(self, token: str) -> None:
        """Skip `token`, or raise."""
        if self.tokens[self.pos] != token:
            raise self.fail(f"expected '{token}', found '{self.tokens[self.pos] or 'end of text'}'")
        self.pos += 1

    def integer(self) -> int:
        """Read a decimal integer."""
        token = self.tokens[self.pos]
        try:
            value = int(token)
        except ValueError:
            raise self.fail(f"expected an integer, found '{token}'") from None
        self.pos += 1
        return value

    def balanced(self) -> str:
        """Read a bracketed group, `(` … `)`, as text."""
        start = self.pos
        depth = 0
        while True:
            token = self.next()
            if token in _OPENERS:
                depth += 1
            elif token in _CLOSERS:
                depth -= 1
            elif not token:
                raise self.fail("bracket is never closed", start)
            if not depth:
                return join(self.tokens[start : self.pos])


def join(tokens: Sequence[str]) -> str:
    """Tokens as text in LLVM's usual spacing: `memory(argmem: readwrite)`, `range(i32 0, 1024)`."""
    out: list[str] = []
    previous = ""
    for token in tokens:
        tight = token in ("(", ")", ",", "]", ">", "") or previous in ("", "(", "[", "<", "!") or token == "|" or previous == "|"
        out.append(token if tight else " " + token)
        previous = token
    return "".join(out)
