"""Reads PTX text by `grammar.lark`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from crosswarp.ir.ptx.items import Item
from crosswarp.ir.ptx.syntax import Block, Position, PtxError
from crosswarp.ir.ptx.to_syntax import ToSyntax
from lark import Lark
from lark.exceptions import UnexpectedInput, UnexpectedToken

_MOST_ERRORS = 20


def parse(text: str) -> Block:
    """The statements of a template. Raises `PtxError` with line and column for text that the grammar does not know."""
    return Block(_parsed(text, "start"))


def parse_module(text: str) -> tuple[tuple[Item, ...], list[PtxError]]:
    """What a whole module declares and defines, and what is wrong: one error for a statement, which is left out then."""
    errors: list[PtxError] = []
    while len(errors) < _MOST_ERRORS:
        try:
            return _parsed(text, "module"), errors
        except PtxError as error:
            errors.append(error)
            rest = _without_statement(text, error.at)
            if rest is None:
                break
            text = rest
    return (), errors


def _without_statement(text: str, at: Position | None) -> str | None:
    """The text with blanks in place of the statement around a place; None: there is no such statement, or the rest hangs on it."""
    if at is None:
        return None
    place = sum(len(line) + 1 for line in text.split("\n")[: at.line - 1]) + at.column - 1
    start = max(text.rfind(mark, 0, place) for mark in ";{}") + 1
    end = text.find(";", place) + 1
    statement = text[start:end]
    if not statement.strip() or "{" in statement or "}" in statement:
        return None
    return text[:start] + re.sub(r"\S", " ", statement) + text[end:]


def _parsed(text: str, start: str) -> Any:
    parser, syntax = _parser()
    try:
        return parser.parse(text, start=start)
    except PtxError as error:
        raise error.within(syntax.reached) from None
    except UnexpectedInput as error:
        raise PtxError(_unexpected(error), Position(max(error.line, 1), max(error.column, 1))) from None


def _unexpected(error: UnexpectedInput) -> str:
    """The syntax, and the word where it stops to be PTX."""
    token = error.token if isinstance(error, UnexpectedToken) else None
    return f"a syntax error at '{token}'" if token else "a syntax error"


@cache
def _parser() -> tuple[Lark, ToSyntax]:
    grammar, syntax = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8"), ToSyntax()
    return Lark(grammar, parser="lalr", maybe_placeholders=False, start=["start", "module"], transformer=syntax), syntax
