"""Names of C++ functions out of their mangled ones, by the C++ library's own demangler."""

from __future__ import annotations

import ctypes
import re
from functools import cache

_CLOSING = {">": "<", ")": "(", "]": "[", "}": "{"}
_OPERATOR = re.compile(r"\boperator\s*(?:<=>|<<=?|>>=?|<=?|>=?|->\*?|\(\)|\[\]|[^\w\s(<]+)")


def qualified_name(mangled: str) -> str:
    """`_ZN3app4stepIiEEPfi` is `app::step`: no parameters, no templates' arguments. A name of C stays as it is."""
    text = _demangled(mangled) if mangled.startswith("_Z") else mangled
    return plain_name(text) if text != mangled else mangled


def plain_name(demangled: str) -> str:
    """The qualified name in a demangled declaration: what stands before its parameters, without brackets.

    >>> plain_name("decltype(x) a::b<int (*)(float)>::c<1>(int) const")
    'a::b::c'
    """
    text = demangled.replace("(anonymous namespace)", "")
    operator = _OPERATOR.search(text)
    suffix = operator[0].replace(" ", "") if operator else ""
    text = text[: operator.start()] if operator else _without_parameters(text)
    return (_last_word(_without_brackets(text)) + suffix).replace("::::", "::").strip(":")


def _without_parameters(text: str) -> str:
    """Up to the parenthesis of the parameters: the last one that is in no other bracket."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        char = text[at]
        depth += (char in ")>") - (char in "(<")
        if char == "(" and depth == 0:
            return text[:at]
    return text


def _without_brackets(text: str) -> str:
    depth, kept = 0, []
    for char in text:
        depth += char in "<({["
        if depth == 0:
            kept.append(char)
        depth -= char in ">)}]"
    return "".join(kept)


def _last_word(text: str) -> str:
    """Without the result's type, which stands before the name of a template."""
    words = text.strip().split(" ")
    return words[-1] if words else ""


@cache
def _demangled(mangled: str) -> str:
    status = ctypes.c_int()
    function = _library().__cxa_demangle
    found = function(mangled.encode(), None, None, ctypes.byref(status))
    if status.value or not found:
        return mangled
    text = ctypes.string_at(found).decode(errors="replace")
    ctypes.CDLL(None).free(ctypes.c_void_p(found))
    return text


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libstdc++.so.6")
    library.__cxa_demangle.restype = ctypes.c_void_p
    return library
