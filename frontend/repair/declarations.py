"""Function declarations found from the place of their name, and what is put before them.

    int A::size(int n) const {...}     ->  __host__ __device__ int A::size(int n) const {...}
    int log(int n) {...}               ->  inline __device__ int log(int n) { __builtin_trap(); } int log(int n) {...}

Both stay on their line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosswarp.frontend.repair.source import Edit, Source

BOTH = "__host__ __device__"
_TARGETS = frozenset(("__host__", "__device__", "__global__"))
_MACRO = re.compile(r"[A-Z_][A-Z_0-9]+")
_ACCESS = ("public", "private", "protected")
# What a second declaration in the same scope must not repeat.
_DROPPED = _TARGETS | {"inline", "extern", "constexpr", "__inline__", "__forceinline__", "__noinline__", "__inline"}


@dataclass(frozen=True)
class Declaration:
    """A function declaration as token numbers.

    The template header or first specifier, the first specifier, the name, the end of the parameters and of what belongs to the
    type behind them.
    """

    source: Source
    start: int
    specifiers: int
    name: int
    end: int

    @property
    def words(self) -> list[str]:
        """The specifiers."""
        return [token.text for token in self.source.tokens[self.specifiers : self.name]]

    @property
    def is_defaulted(self) -> bool:
        """Whether the compiler writes the function: `= default`."""
        behind = (token.text for token in self.source.tokens[self.end + 1 :])
        return next((text for text in behind if text in (";", "{", "default")), "") == "default"

    @property
    def is_overloadable(self) -> bool:
        """Whether another function of this name and type can be declared here.

        Not a constructor, whose bases and members need theirs, a destructor, a virtual function or the definition of a member
        that is declared elsewhere.
        """
        tokens = self.source.tokens
        typed = any(word not in _DROPPED and word != "explicit" and not _MACRO.fullmatch(word) for word in self.words)
        special = {"virtual", "friend", "~"} & {*self.words, tokens[self.name].text}
        return typed and not special and not any(token.text == "::" for token in tokens[self.name : self._parameters])

    @property
    def _parameters(self) -> int:
        return next(at for at in range(self.name, self.end + 1) if self.source.is_at(at, "("))

    def with_specifiers(self, words: str) -> list[Edit]:
        """The edit that adds specifiers; none if they are there."""
        at = self.source.tokens[self.specifiers].start
        if self.source.text.startswith(words, at) or (words == BOTH and {"__host__", "__device__"} <= set(self.words)):
            return []
        return [Edit(at, at, words + " ")]

    def with_body(self, body: str) -> list[Edit]:
        """The edit that replaces the body, behind the initialisers of a constructor; none if there is no body."""
        at = self.end + 1
        while at < len(self.source.tokens) and self.source.tokens[at].text not in (";", "{", ":", "="):
            at = self.source.closing(at) + 1 if self.source.is_at(at, "(") else at + 1
        while self.source.is_at(at, ":") or self.source.is_at(at, ","):
            while self.source.tokens[at].text not in ("(", "{", ";"):
                at += 1
            at = self.source.closing(at) + 1 if not self.source.is_at(at, ";") else -1
        if not self.source.is_at(at, "{") or self.source.closing(at) < 0:
            return []
        start, end = self.source.tokens[at].start, self.source.tokens[self.source.closing(at)].end
        return [Edit(start, end, body + "\n" * self.source.text.count("\n", start, end))]

    def copy(self, specifiers: str, body: str) -> list[Edit]:
        """The edit that declares the function once more before this, on the same line; none where that cannot be done."""
        tokens = self.source.tokens
        if not self.is_overloadable or any(token.text[0] == "#" for token in tokens[self.start : self.end + 1]):
            return []
        head_end = self.specifiers  # a macro before the specifiers may stand for __host__
        while head_end > self.start and _MACRO.fullmatch(tokens[head_end - 1].text):
            head_end -= 1
        head = self.source.slice(self.start, head_end - 1) + " " if self.start < head_end else ""
        words = ["", *_without_macros(self.words)]
        linkage = {at for at, word in enumerate(words) if word[:1] == '"' and words[at - 1] == "extern"}
        kept = " ".join(word for at, word in enumerate(words) if word and word not in _DROPPED and at not in linkage)
        text = f"{head}{specifiers} {kept} {self.source.slice(self.name, self.end)} {body} "
        at = tokens[self.start].start
        return [] if self.source.text[:at].endswith(text) else [Edit(at, at, text)]


def _without_macros(words: list[str]) -> list[str]:
    """Specifiers without macros, which may stand for `__device__`; the last word may be a type's name in capitals."""
    last = max((at for at, word in enumerate(words) if word[0].isalpha() or word[0] == "_"), default=0)
    return [word for at, word in enumerate(words) if at == last or not _MACRO.fullmatch(word)]


def declaration(source: Source, offset: int) -> Declaration | None:
    """The declaration of the function whose name is at an offset; None if what stands there is none."""
    name = source.index(offset)
    if source.tokens[name].text == "~":
        end = _parameters_end(source, name + 2)
    elif source.tokens[name].is_word:
        end = _parameters_end(source, _after_name(source, name))
    else:
        return None
    if end < 0:
        return None
    while name > 1 and source.is_at(name - 1, "::"):
        name = _qualifier(source, name - 2)
    start = declaration_start(source, name)
    return Declaration(source, start, _first_specifier(source, start), name, end)


def _after_name(source: Source, name: int) -> int:
    at = name + 1
    if source.tokens[name].text == "operator":
        if source.is_at(at, "(") and source.is_at(at + 1, ")"):
            return at + 2
        while at < len(source.tokens) and source.tokens[at].text not in ("(", ";", "{"):
            at += 1
    elif source.is_at(at, "<"):
        return source.closing_angle(at) + 1
    return at


def _parameters_end(source: Source, at: int) -> int:
    """The last token of parameters, qualifiers and return type of a function whose parameters open at token `at`."""
    if not source.is_at(at, "("):
        return -1
    end = source.closing(at)
    if end < 0:
        return -1
    while end + 1 < len(source.tokens):
        text = source.tokens[end + 1].text
        if text in ("const", "volatile", "&"):
            end += 1
        elif text == "->":
            return _return_type_end(source, end + 1)
        else:
            return end
    return end


def _return_type_end(source: Source, arrow: int) -> int:
    at = arrow + 1
    while at < len(source.tokens) and source.tokens[at].text not in (";", "{", "="):
        at = source.closing(at) + 1 if source.tokens[at].text == "(" else at + 1
    return at - 1


def _qualifier(source: Source, at: int) -> int:
    """The first token of the class or namespace name that ends at token `at`."""
    if source.is_at(at, ">"):
        at = source.opening(at) - 1
    return at


def declaration_start(source: Source, name: int) -> int:
    """The first token of the declaration that token `name` belongs to, with its template header."""
    at = name
    while at > 0:
        before = source.tokens[at - 1]
        if before.text[0] == "#" or before.text in (";", "{", "}", ",", "("):
            return at
        if before.text == ":" and source.tokens[at - 2].text in _ACCESS:
            return at
        at = source.opening(at - 1) if before.text in (")", "]", ">") else at - 1
        if at < 0:
            return name
    return 0


def _first_specifier(source: Source, start: int) -> int:
    """Behind template headers, `extern "C"`, standard attributes, and macros, which may stand for such."""
    at = start
    while True:
        if source.is_at(at, "template") and source.is_at(at + 1, "<"):
            at = source.closing_angle(at + 1) + 1
        elif source.is_at(at, "extern") and source.tokens[at + 1].text[0] == '"':
            at += 2
        elif source.is_at(at, "[") and source.is_at(at + 1, "["):
            at = source.closing(at) + 1
        elif _MACRO.fullmatch(source.tokens[at].text) and source.tokens[at + 1].is_word:
            at += 1
        else:
            return at
