"""Makes syntax of what the grammar's rules match: statements here, whole modules in `to_items`."""

from __future__ import annotations

import struct
from typing import Any

from crosswarp.ir.ptx.expressions import evaluate, integer
from crosswarp.ir.ptx.syntax import (
    Argument,
    Block,
    Declaration,
    Immediate,
    Instruction,
    Label,
    Listed,
    Memory,
    Name,
    Negated,
    Operand,
    Pair,
    Position,
    PtxError,
    Selected,
    Statement,
    Sum,
    Vector,
)
from crosswarp.ir.ptx.to_items import ToItems, position
from lark import Token

_MAX_RANGE = 65536


class ToSyntax(ToItems):
    """One method for each rule and token of the grammar. `reached` is where the last name or number stands."""

    reached: Position | None = None

    def start(self, items: list[Any]) -> tuple[Statement, ...]:
        return tuple(i for i in items if i is not None)

    def block(self, items: list[Any]) -> Block:
        return Block(self.start(items))

    def declaration(self, items: list[Any]) -> Declaration:
        first = items.pop(0)
        lanes = int(items.pop(0)[2:]) if items[0].type == "VECTOR" else 1
        names = tuple(name for names in items[1:] for name in names)
        return Declaration(str(items[0][1:]), names, lanes, position(first))

    def range(self, items: list[Any]) -> list[str]:
        name = items[0].text
        if len(items) == 1:
            return [name]
        if not 0 < items[1].value <= _MAX_RANGE:
            raise PtxError(f"the number of registers in '{name}<{items[1].value}>'")
        return [f"{name}{number}" for number in range(items[1].value)]

    def label(self, items: list[Any]) -> Label:
        return Label(str(items[0])[:-1].rstrip(), position(items[0]))

    def instruction(self, items: list[Any]) -> Instruction:
        guard = items.pop(0) if isinstance(items[0], Negated) else None
        return Instruction("".join(items[0].split()), tuple(items[1:]), guard, position(items[0]))

    def guard(self, items: list[Any]) -> Negated:
        return Negated(items[-1], inverted=len(items) == 2)

    def sum(self, items: list[Any]) -> Sum:
        return Sum(items[0], items[1].value)

    def negated(self, items: list[Any]) -> Negated:
        return Negated(items[-1])

    def selected(self, items: list[Any]) -> Selected:
        return Selected(items[0], str(items[1])[1:])

    def minus(self, items: list[Any]) -> Selected:
        return Selected(items[1], "".join(str(one)[1:] for one in items[2:]), negated=True)

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

    def arguments(self, items: list[Any]) -> Operand:
        """A number in parentheses is this number."""
        return items[0] if len(items) == 1 and isinstance(items[0], Immediate) else Listed(tuple(items))

    def expression(self, items: list[Any]) -> Immediate:
        return items[0] if len(items) == 1 else evaluate(items)

    def unary(self, items: list[Any]) -> Immediate:
        return evaluate(items)

    def NAME(self, token: Token) -> Name:
        self.reached = position(token)
        return Name(str(token))

    def ARGUMENT(self, token: Token) -> Argument:
        return Argument(int(token.strip("${}").partition(":")[0]))

    def INT(self, token: Token) -> Immediate:
        self.reached, value = position(token), integer(str(token))
        return Immediate(value, unsigned=token.endswith("U") or value >= 1 << 63)

    def FLOAT(self, token: Token) -> Immediate:
        if token[1] in "fFdD":
            return Immediate(int(token[2:], 16), float_bits=4 * (len(token) - 2))
        return Immediate(int.from_bytes(struct.pack(">d", float(token)), "big"), float_bits=64)
