"""Reads PTX text by `grammar.lark`."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import Any

from crosswarp.ir.ptx.syntax import (
    Argument,
    Block,
    Declaration,
    Immediate,
    Instruction,
    Label,
    Memory,
    Name,
    Negated,
    Pair,
    Position,
    PtxError,
    Sum,
    Vector,
)
from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput, VisitError

_BASES = {"0x": 16, "0b": 2}
_MAX_RANGE = 65536


def parse(text: str) -> Block:
    """The statements of a template. Raises `PtxError` with line and column for text that the grammar does not know."""
    try:
        tree = _parser().parse(text)
        statements: Block = _ToSyntax().transform(tree)
    except UnexpectedInput as error:
        raise PtxError("the syntax", Position(max(error.line, 1), max(error.column, 1))) from None
    except VisitError as error:
        if isinstance(error.orig_exc, PtxError):
            raise error.orig_exc from None
        raise
    return statements


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False)


def _integer(text: str) -> int:
    digits = text.removesuffix("U")
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    base = _BASES.get(digits[:2].lower(), 8 if digits.startswith("0") else 10)
    return sign * int(digits[2:] if base in (2, 16) else digits, base)


def _position(token: Token) -> Position:
    return Position(token.line or 1, token.column or 1)


class _ToSyntax(Transformer[Token, Any]):
    """One method for each rule and token of the grammar."""

    def start(self, items: list[Any]) -> Block:
        return Block(tuple(items))

    block = start

    def declaration(self, items: list[Any]) -> Declaration:
        lanes = int(items.pop(0)[2:]) if items[0].type == "VECTOR" else 1
        names = tuple(name for names in items[1:] for name in names)
        return Declaration(str(items[0][1:]), names, lanes, _position(items[0]))

    def range(self, items: list[Any]) -> list[str]:
        name = items[0].text
        if len(items) == 1:
            return [name]
        if not 0 < items[1].value <= _MAX_RANGE:
            raise PtxError(f"the number of registers in '{name}<{items[1].value}>'")
        return [f"{name}{number}" for number in range(items[1].value)]

    def label(self, items: list[Any]) -> Label:
        return Label(str(items[0])[:-1].rstrip(), _position(items[0]))

    def instruction(self, items: list[Any]) -> Instruction:
        guard = items.pop(0) if isinstance(items[0], Negated) else None
        return Instruction(str(items[0]), tuple(items[1:]), guard, _position(items[0]))

    def guard(self, items: list[Any]) -> Negated:
        return Negated(items[-1], inverted=len(items) == 2)

    def sum(self, items: list[Any]) -> Sum:
        return Sum(items[0], items[1].value)

    def negated(self, items: list[Any]) -> Negated:
        return Negated(items[0])

    def memory(self, items: list[Any]) -> Memory:
        base, *rest = items
        offset = rest.pop(0) if rest and isinstance(rest[0], int) else 0
        return Memory(base, offset, tuple(rest))

    def offset(self, items: list[Any]) -> int:
        number: int = items[0].value
        return number

    def vector(self, items: list[Any]) -> Vector:
        return Vector(tuple(items))

    def pair(self, items: list[Any]) -> Pair:
        return Pair(items[0], items[1])

    def NAME(self, token: Token) -> Name:
        return Name(str(token))

    def ARGUMENT(self, token: Token) -> Argument:
        return Argument(int(token.strip("${}").partition(":")[0]))

    def INT(self, token: Token) -> Immediate:
        return Immediate(_integer(str(token)))

    def FLOAT(self, token: Token) -> Immediate:
        if token[1] in "fFdD":
            return Immediate(int(token[2:], 16), float_bits=4 * (len(token) - 2))
        return Immediate(int.from_bytes(struct.pack(">d", float(token)), "big"), float_bits=64)
