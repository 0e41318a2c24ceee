"""Whether a name at some place of a program is declared there: then it is the program's own, or at least not used there."""

from __future__ import annotations

from crosswarp.cuda_api_coverage.scan.brackets import is_name, text_at
from crosswarp.cuda_api_coverage.scan.tokens import Token

_PARAMETER = (",", ">", "=")  # a template's
_DEFINED = ("{", ":", ";", "final")
_INTRODUCES = {
    **dict.fromkeys(("struct", "union", "enum"), _DEFINED),
    **{"class": (*_DEFINED, *_PARAMETER), "typename": _PARAMETER, "using": ("=",)},
}
_ENDS_DECLARATOR = frozenset(("(", ";", "=", ",", ")", "[", "{", ":"))
_STATEMENT = """return else throw case goto new delete do co_return co_await co_yield sizeof alignof typeof decltype and or not xor
    operator defined typename const volatile static inline extern register constexpr consteval mutable friend using namespace public
    private protected template if while for switch default __forceinline__ __inline__ __host__ __device__ __global__"""
_NO_TYPES = frozenset(_STATEMENT.split())
_QUALIFIERS = frozenset(("const", "volatile", "static", "extern", "register", "constexpr", "mutable", "inline"))
_DECLARATORS = frozenset(("*", "&", "::", "<", ">", ",", "[", "]"))
_LONG = 60
"""Tokens in front of a name: more are a table, not a declaration."""


def is_type(text: str) -> bool:
    """Whether a name in front of another can only be its type."""
    return is_name(text) and text not in _NO_TYPES


def declares(tokens: list[Token], index: int, head: int, in_function: bool) -> bool:
    """Whether the name at `index` is declared there; `head` is where its statement begins."""
    before, after = text_at(tokens, index - 1), text_at(tokens, index + 1)
    if before in _INTRODUCES:
        return after in _INTRODUCES[before]
    if after not in _ENDS_DECLARATOR:
        return False
    if is_type(before) or (before == "}" and after == ";"):  # also typedef struct { ... } name;
        return True
    if before in {"*", "&", ">"}:
        return not in_function or _begins_with_type(tokens, head, index, _DECLARATORS)
    return before == "," and after != "(" and _begins_with_type(tokens, head, index, _DECLARATORS | {"="})


def _begins_with_type(tokens: list[Token], head: int, index: int, between: frozenset[str]) -> bool:
    """`const float *x, *name`: nothing but words and what declarators have stands in front."""
    first = text_at(tokens, head)
    if head >= index or not (is_type(first) or first in _QUALIFIERS) or index - head > _LONG:
        return False
    if "=" in between and not is_name(text_at(tokens, head + 1).lstrip("*") or "*"):
        return False
    words = [token for token, _ in tokens[head:index]]
    inside = words.count("<") > words.count(">")  # of template arguments
    return not inside and all(is_name(word) or word in between for word in words)
