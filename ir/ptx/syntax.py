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

    def within(self, at: Position | None) -> PtxError:
        """The same error; where it does not say its place, this is it."""
        return PtxError(str(self), self.at or at)


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
    """An integer, or the encoding of a float of `float_bits` bits. `unsigned`: how expressions take an integer."""

    value: int
    float_bits: int = 0
    unsigned: bool = field(default=False, compare=False)


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
class Selected:
    """`a.h1`, `-a`, `-a.b0`: a part of a register, or a register with another sign."""

    base: Operand
    selector: str = ""
    negated: bool = False


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


@dataclass(frozen=True)
class Listed:
    """`(a, b)`: what a function is called with, or gives."""

    elements: tuple[Operand, ...]


Operand = Name | Argument | Immediate | Sum | Negated | Selected | Memory | Vector | Pair | Listed


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


@dataclass(frozen=True)
class Symbol:
    """The address of a variable or a function in an initialiser: `generic(name)+4`, or one byte of it, `0xff00(name)`."""

    name: str
    offset: int = 0
    generic: bool = False
    mask: int | None = None


Initial = Immediate | Symbol | tuple["Initial", ...]


@dataclass(frozen=True)
class Declarator:
    """`name[4][8] = {...}`; a dimension is None where it is left out."""

    name: str
    dimensions: tuple[int | None, ...] = ()
    initial: Initial | None = None


@dataclass(frozen=True)
class Variables:
    """`.visible .global .align 4 .b8 x[16], y;`; `align` in bytes. Source: PTX ISA 8.8, "Variables"."""

    space: str
    type: str
    declarators: tuple[Declarator, ...]
    align: int | None = None
    lanes: int = 1
    linkage: tuple[str, ...] = ()
    managed: bool = False
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Parameter:
    """A parameter or a result of a function: `.param .align 8 .b8 p[24]`, `.reg .u32 r`."""

    space: str
    type: str
    declarator: Declarator
    align: int | None = None
    lanes: int = 1
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Signature:
    """What a function is called with, and what it gives."""

    results: tuple[Parameter, ...] = ()
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True)
class Prototype:
    """`name: .callprototype (.param .b32 _) _ (.param .b32 _);`."""

    name: str
    signature: Signature
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Targets:
    """`name: .branchtargets a, b;`, or `.calltargets`."""

    name: str
    targets: tuple[str, ...]
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Line:
    """`.loc file line column`: where the following statements come from."""

    file: int
    line: int
    column: int
    at: Position | None = field(default=None, compare=False)


Statement = Instruction | Declaration | Label | Block | Variables | Prototype | Targets | Line
