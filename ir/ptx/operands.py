"""What the operands of an instruction turn out to be, ready to be read and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crosswarp.ir.ptx.form import Form, Use
from crosswarp.ir.ptx.records.special import SpecialRegister
from crosswarp.ir.ptx.syntax import Position
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class Place:
    """Registers by number, lowest part first; `type` is what the instruction takes them for. No register: nobody wants it."""

    registers: tuple[int, ...]
    type: PtxType
    inverted: bool = False


@dataclass(frozen=True)
class Special:
    """A special register, of which the lowest bits are wanted."""

    register: SpecialRegister
    bits: int


@dataclass(frozen=True)
class Address:
    """Memory at a register, a number or a variable, and an offset."""

    base: Place | Value
    offset: int
    space: str


@dataclass(frozen=True)
class Group:
    """Several operands in braces: the meaning gets, or gives, a tuple."""

    parts: tuple[Source, ...]


@dataclass(frozen=True)
class Chosen:
    """A part of a register, or a negated one: the meaning gets a `Part`."""

    of: Source
    selector: str
    negated: bool


@dataclass(frozen=True)
class Text:
    """A word that the meaning gets as it is, such as a label's unique name."""

    text: str


Source = Place | Special | Address | Group | Chosen | Text | Value


@dataclass(frozen=True)
class Step:
    """One instruction, ready to be emitted. Results are a `Place` or a `Group` of places."""

    form: Form
    use: Use
    results: tuple[Place | Group, ...]
    sources: tuple[Source, ...]
    guard: Place | None
    at: Position | None


@dataclass(frozen=True)
class Action:
    """What no record describes: a call, a return. `emit` makes its IR for a `Body`; under a guard it has a block of its own."""

    emit: Callable[[Any], None]
    guard: Place | None
    at: Position | None


@dataclass(frozen=True)
class Mark:
    """A label's place; `label` is its unique name."""

    label: str
