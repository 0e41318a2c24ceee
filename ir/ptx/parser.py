"""Reads the text of an asm statement by `grammar.lark`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from crosswarp.ir.ptx.syntax import (
    Argument,
    Block,
    Declaration,
    Immediate,
    Instruction,
    Memory,
    Name,
    Negated,
    PtxError,
    PtxType,
    Vector,
)
from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput, VisitError

_BASES = {"0x": 16, "0b": 2}
_MAX_RANGE = 4096


def parse(text: str) -> Block:
    """The statements of a template. Raises `PtxError` with line and column for text that the grammar does not know."""
    try:
        tree = _parser().parse(text)
        statements: Block = _ToSyntax().transform(tree)
    except UnexpectedInput as error:
        raise PtxError(f"syntax at line {error.line}, column {error.column}") from None
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


class _ToSyntax(Transformer[Token, Any]):
    """One method for each rule and token of the grammar."""

    def start(self, items: list[Any]) -> Block:
        return Block(tuple(items))

    block = start

    def declaration(self, items: list[Any]) -> Declaration:
        return Declaration(items[0], tuple(name for names in items[1:] for name in names))

    def range(self, items: list[Any]) -> list[str]:
        name = items[0].text
        if len(items) == 1:
            return [name]
        if not 0 < items[1].value <= _MAX_RANGE:
            raise PtxError(f"the number of registers in '{name}<{items[1].value}>'")
        return [f"{name}{number}" for number in range(items[1].value)]

    def instruction(self, items: list[Any]) -> Instruction:
        guard = items.pop(0) if isinstance(items[0], Negated) else None
        return Instruction(items[0], tuple(items[1:]), guard)

    def guard(self, items: list[Any]) -> Negated:
        return Negated(items[-1], inverted=len(items) == 2)

    def negated(self, items: list[Any]) -> Negated:
        return Negated(items[0])

    def memory(self, items: list[Any]) -> Memory:
        return Memory(items[0], items[1].value if len(items) == 2 else 0)

    def vector(self, items: list[Any]) -> Vector:
        return Vector(tuple(items))

    def pair(self, items: list[Any]) -> Vector:
        return Vector(tuple(items), pair=True)

    def TYPE(self, token: Token) -> PtxType:
        return PtxType.parse(token[1:])

    def OPCODE(self, token: Token) -> str:
        return str(token)

    def NAME(self, token: Token) -> Name:
        return Name(str(token))

    def ARGUMENT(self, token: Token) -> Argument:
        return Argument(int(token[1:]))

    def INT(self, token: Token) -> Immediate:
        return Immediate(_integer(str(token)))

    def FLOAT(self, token: Token) -> Immediate:
        return Immediate(int(token[2:], 16), float_bits=4 * (len(token) - 2))
