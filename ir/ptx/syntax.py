"""What PTX statements are made of."""

from __future__ import annotations

from dataclasses import dataclass


class PtxError(Exception):
    """Text that is not PTX, or PTX without a record. The message says what."""


@dataclass(frozen=True)
class PtxType:
    """A fundamental type. `kind` is `b u s f`, or `p` for predicates of one bit."""

    kind: str
    bits: int

    @staticmethod
    def parse(text: str) -> PtxType:
        """`u32`, `pred`. Raises `PtxError` for widths that are not stored in one register of up to 64 bits."""
        if text == "pred":
            return PtxType("p", 1)
        kind, bits = text[0], int(text[1:])
        if bits not in ((32, 64) if kind == "f" else (8, 16, 32, 64)):
            raise PtxError(f"the type '.{text}'")
        return PtxType(kind, bits)

    @property
    def signed(self) -> bool:
        """Whether wider results are filled with the sign."""
        return self.kind == "s"


@dataclass(frozen=True)
class Name:
    """A register declared inside, or a special register (`%laneid`)."""

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
class Negated:
    """`!p`, or without `inverted` the predicate itself, as guards are written."""

    reference: Reference
    inverted: bool = True


@dataclass(frozen=True)
class Memory:
    """`[base+offset]`."""

    base: Reference
    offset: int


@dataclass(frozen=True)
class Vector:
    """`{lo,hi}`, or a destination `d|p` when `pair`."""

    elements: tuple[Reference, ...]
    pair: bool = False


Operand = Name | Argument | Immediate | Negated | Memory | Vector


@dataclass(frozen=True)
class Instruction:
    """One instruction; `mnemonic` has all modifiers."""

    mnemonic: str
    operands: tuple[Operand, ...]
    guard: Negated | None = None


@dataclass(frozen=True)
class Declaration:
    """`.reg .u32 a, b;` with ranges spelled out."""

    type: PtxType
    names: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Statements with registers of their own."""

    statements: tuple[Statement, ...]


Statement = Instruction | Declaration | Block
