"""Reads PTX text by `grammar.lark`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from crosswarp.ir.ptx.syntax import Block, Item, Position, PtxError
from crosswarp.ir.ptx.to_syntax import ToSyntax
from lark import Lark
from lark.exceptions import UnexpectedInput


def parse(text: str) -> Block:
    """The statements of a template. Raises `PtxError` with line and column for text that the grammar does not know."""
    return Block(_parsed(text, "start"))


def parse_module(text: str) -> tuple[Item, ...]:
    """What a whole module declares and defines. Raises `PtxError` as `parse` does."""
    items: tuple[Item, ...] = _parsed(text, "module")
    return items


def _parsed(text: str, start: str) -> Any:
    try:
        return _parser().parse(text, start=start)
    except UnexpectedInput as error:
        raise PtxError("the syntax", Position(max(error.line, 1), max(error.column, 1))) from None


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False, start=["start", "module"], transformer=ToSyntax())
