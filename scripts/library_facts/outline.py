"""An outline of C++ headers: what is declared in which namespace and class. Enough for CCCL's headers, whose namespaces are macros.

Bodies are skipped, and private members; comments, literals, directives, attributes and calls of macros are taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crosswarp.cuda_api_coverage.catalogue.model import Kind

_NOISE = re.compile(r"//[^\n]*|/\*.*?\*/|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.S | re.M)
_LITERAL = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S)
_ATTRIBUTE = re.compile(r"\[\[.*?\]\]", re.S)
_SPACE = re.compile(r"\b(CUB|THRUST)_NAMESPACE_(BEGIN|END)\b|\b_(?:CCCL|LIBCUDACXX)_(BEGIN|END)_NAMESPACE_(\w+)")
_HIDDEN_SPACE = re.compile(r"\b_(?:CCCL|LIBCUDACXX)_(?:(BEGIN)|END)_NAMESPACE_CPO(?:\([^)]*\))?")
_PIECE = re.compile(r"[{};]|(?<!:):(?!:)|[^{};:]+|:+")
_ACCESS = re.compile(r"\b(public|private|protected)\s*$")
_WORDS = """sizeof alignof static_assert true false void bool unsigned int auto if return throw default delete operator const
            noexcept requires typename difference_type iterator_category iterator_concept num den type size_t int64_t uint32_t"""
_NO_NAMES = frozenset(_WORDS.split())
_CALLED = re.compile(r"\b(?:[A-Z_][A-Z0-9_]{3,}|noexcept|decltype|alignas|requires|explicit|__launch_bounds__|_\w*)\s*\(")
_CLASS = re.compile(r"\b(?:class|struct|union)\s+(?:[A-Z_]{4,}\s+)*(\w+)\s*(?:final\s*)?(?:<.*>)?\s*(?::(?!:).*)?$", re.S)
_ENUM = re.compile(r"\benum\s+(?:class\s+|struct\s+)?(\w+)")
_ALIAS = re.compile(r"\busing\s+(\w+)\s*(?:_\w+\s*)*(?:=|$)|\busing\s+[\w:<> ]*::(\w+)\s*$|\btypedef\b.*?\b(\w+)\s*$", re.S)
_PRIVATE_SPACE = re.compile(r"^_|detail|internal|unimplemented|fallback|noversion")
_SKIPPED = re.compile(r"(?:.*\s)?friend\b|static_assert\b|extern template\b", re.S)
_FUNCTION = re.compile(r"(?<![\w:~.])(operator\b|\w+)\s*\(")
_VARIABLE = re.compile(
    r"\b(?:constexpr|const|inline|static|_CCCL_GLOBAL_CONSTANT|_CCCL_CONCEPT|concept)\b"
    r".*?\b(\w+)\s*(?:=.*)?$", re.S)  # fmt: skip


@dataclass
class _Scope:
    """`name` is None where nothing is collected."""

    name: str | None
    is_class: bool = False
    open: bool = True  # public


@dataclass(frozen=True)
class Declared:
    """`name` is qualified: `cub::BlockReduce::Sum`."""

    name: str
    kind: Kind
    inside: bool = False
    """True for what a class has: a function or a type."""


@dataclass
class _Reader:
    root: str
    scopes: list[_Scope] = field(default_factory=list)
    head: str = ""

    def read(self, text: str) -> Iterator[Declared]:
        for piece in _PIECE.findall(text):
            if piece == "{":
                yield from self._open()
            elif piece == "}":
                if self.scopes:
                    self.scopes.pop()
                self.head = ""
            elif piece == ";":
                yield from self._statement()
            elif piece == ":" and self.scopes and (access := _ACCESS.search(self.head)):
                self.scopes[-1].open, self.head = access[1] == "public", ""
            else:
                self.head += piece

    def _space(self) -> str | None:
        names = [self.root]
        for scope in self.scopes:
            if scope.name is None or not scope.open:
                return None
            names += [scope.name] if scope.name else []
        return "::".join(names)

    def _in_class(self) -> bool:
        return bool(self.scopes) and self.scopes[-1].is_class

    def _open(self) -> Iterator[Declared]:
        head, self.head = without_calls(self.head).strip(), ""
        space = self._space()
        if found := re.search(r"(\binline\s+)?\bnamespace\s*([\w:]*)$", head):
            hidden = not found[2] or bool(_PRIVATE_SPACE.search(found[2]))
            self.scopes.append(_Scope("" if found[1] and hidden else None if hidden else found[2]))
            return
        found = None if "enum" in head.split() else _CLASS.search(without_template(head))
        if found and space is not None:
            specialized = bool(re.search(rf"(class|struct|union)\s[\sA-Z_]*\b{found[1]}\s*<", without_template(head)))
            if not specialized and public(found[1]):
                yield Declared(f"{space}::{found[1]}", Kind.TEMPLATE if "template" in head else Kind.TYPE, self._in_class())
            self.scopes.append(_Scope(None if not public(found[1]) else found[1], True, "class" not in head.split()))
            return
        if space is not None:
            yield from self._named(head, space)
        self.scopes.append(_Scope(None))

    def _statement(self) -> Iterator[Declared]:
        head, self.head = without_calls(self.head).strip(), ""
        space = self._space()
        if space is not None and head and not _SKIPPED.match(head):
            yield from self._named(head, space)

    def _named(self, head: str, space: str) -> Iterator[Declared]:
        plain = without_template(head)
        if found := _ENUM.search(plain):
            yield from self._declared(space, found[1], Kind.TYPE)
        elif (found := _ALIAS.search(plain)) and plain.startswith(("using", "typedef")):
            yield from self._declared(space, next(filter(None, found.groups()), ""), Kind.TYPE)
        elif found := _FUNCTION.search(plain):
            kind = Kind.MEMBER if self._in_class() else Kind.TEMPLATE
            own = self._in_class() and found[1] == self.scopes[-1].name
            if not own:
                yield from self._declared(space, found[1], kind)
        elif not self._in_class() and (found := _VARIABLE.search(plain)) and "class" not in plain and "struct" not in plain:
            yield from self._declared(space, found[1], Kind.VARIABLE)

    def _declared(self, space: str, name: str, kind: Kind) -> Iterator[Declared]:
        if public(name):
            yield Declared(f"{space}::{name}", kind, self._in_class())


def outline(text: str, root: str = "") -> Iterator[Declared]:
    """Declarations in the order of the text. `root`: the namespace of a file that others include inside of one."""
    text = _ATTRIBUTE.sub(" ", _LITERAL.sub("0", _NOISE.sub(" ", text)))
    text = _HIDDEN_SPACE.sub(lambda found: "namespace {" if found[1] else "}", text)
    for space, part in [(root, text)] if root else _parts(text):
        yield from _Reader(space).read(part)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Namespace and text between a macro that opens it and the one that closes it."""
    start, space = 0, ""
    for found in _SPACE.finditer(text):
        library, which, other, words = found.groups()
        if (which or other) == "BEGIN":
            start, space = found.end(), library.lower() if library else _space_of(words)
        elif space:
            yield space, text[start : found.start()]
            space = ""


def _space_of(words: str) -> str:
    """`CUDA_STD_RANGES` is cuda::std::ranges, `STD` cuda::std; empty for what is not CUDA's."""
    parts = words.lower().replace("cuda_std", "std").split("_")
    known = {"std": ["cuda", "std"], "cuda": ["cuda"]}.get(parts[0])
    return "::".join([*known, *parts[1:]]) if known else ""


def public(name: str) -> bool:
    """False for what is reserved, and for macros that look like names."""
    macro = name.isupper() and len(name) > 3
    return bool(name) and not name.startswith(("_", "operator", "CU", "cudaM")) and not macro and name not in _NO_NAMES


def without_template(head: str) -> str:
    """Without `template <...>` at the beginning."""
    head = head.strip()
    while found := re.match(r"(?:_CCCL_\w+\s+)*template\s*<", head):
        head = head[_closing(head, found.end() - 1, "<", ">") + 1 :].strip()
    return head


def without_calls(head: str) -> str:
    """Without calls of macros, `noexcept(...)`, `decltype(...)` and the like."""
    while found := _CALLED.search(head):
        head = head[: found.start()] + " " + head[_closing(head, found.end() - 1, "(", ")") + 1 :]
    return head


def _closing(text: str, start: int, opening: str, closing: str) -> int:
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] == opening) - (text[index] == closing and text[index - 1] != "-")
        if depth == 0:
            return index
    return len(text)
