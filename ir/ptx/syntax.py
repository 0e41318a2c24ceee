"""What PTX statements are made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Position:
    """Line and column in the text, both from 1."""

    line: int
    column: int


class PtxError(Exception):
    """Text that is not PTX, or PTX without an exact meaning here. The message says what; `at` is where in the text."""

    def __init__(self, message: str, at: Position | None = None) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True)
class Name:
    """A register, a special register (`%laneid`), a label, a variable, or `_` for a result nobody wants."""

    text: str


@dataclass(frozen=True)
class Argument:
    """An operand of the asm statement, `%0` in C++."""

    index: int


Reference = Name | Argument


@dataclass(frozen=True)
class Immediate:
    """An integer, or the encoding of a float of `float_bits` bits."""

    value: int
    float_bits: int = 0


@dataclass(frozen=True)
class Sum:
    """`name+offset`, an address."""

    base: Name
    offset: int


@dataclass(frozen=True)
class Negated:
    """`!p`, or without `inverted` the predicate itself, as guards are written."""

    reference: Reference
    inverted: bool = True


@dataclass(frozen=True)
class Memory:
    """`[base+offset]`; `more` is what else is in the brackets (the coordinates of a tensor)."""

    base: Reference | Immediate
    offset: int = 0
    more: tuple[Operand, ...] = ()


@dataclass(frozen=True)
class Vector:
    """`{lo,hi}`."""

    elements: tuple[Reference | Immediate, ...]


@dataclass(frozen=True)
class Pair:
    """Two destinations, `d|p`."""

    first: Reference
    second: Reference


Operand = Name | Argument | Immediate | Sum | Negated | Memory | Vector | Pair


@dataclass(frozen=True)
class Instruction:
    """One instruction; `mnemonic` has all modifiers."""

    mnemonic: str
    operands: tuple[Operand, ...]
    guard: Negated | None = None
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Declaration:
    """`.reg .u32 a, b;` with ranges spelled out; `lanes` for `.reg .v2 .u32`."""

    type: str
    names: tuple[str, ...]
    lanes: int = 1
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Label:
    """`name:`."""

    name: str
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Block:
    """Statements with names of their own."""

    statements: tuple[Statement, ...]


Statement = Instruction | Declaration | Label | Block
