"""Neighbours of a token: what stands beside it, and where its bracket closes."""

from __future__ import annotations

from crosswarp.cuda_api_coverage.scan.tokens import Token

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_NEAR = 400
"""Tokens: template arguments and a constructor's are shorter; a missing bracket costs no more than this."""


def text_at(tokens: list[Token], index: int) -> str:
    """The token's text; empty outside of the list."""
    return tokens[index][0] if 0 <= index < len(tokens) else ""


def is_name(text: str) -> bool:
    """Whether a token is a name or a keyword."""
    return text[:1].isalpha() or text[:1] == "_"


def after_brackets(tokens: list[Token], index: int) -> int:
    """Behind the bracket that closes the one at `index`; `index` itself where it is none, or none closes it nearby."""
    waiting = list[str]()
    if text_at(tokens, index) not in _PAIRS:
        return index
    for at in range(index, min(len(tokens), index + _NEAR)):
        text = tokens[at][0]
        if text in _PAIRS:
            waiting.append(_PAIRS[text])
        elif text == waiting[-1]:
            waiting.pop()
            if not waiting:
                return at + 1
    return index


def after_template_arguments(tokens: list[Token], index: int) -> int:
    """Behind `<...>` that begins at `index`; `index` itself where it is a comparison, or nothing of the kind."""
    if text_at(tokens, index) != "<":
        return index
    depth, at = 0, index
    while at < min(len(tokens), index + _NEAR):
        text = tokens[at][0]
        if text in _PAIRS:
            behind = after_brackets(tokens, at)
            if behind == at:
                return index
            at = behind
            continue
        depth += (text == "<") - (text == ">")
        at += 1
        if depth == 0:
            return at
        if text in {";", "}", ")"}:
            return index
    return index
