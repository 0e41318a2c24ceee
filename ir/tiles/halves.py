"""Two elements of 16 bits in a register: how LLVM puts them in and takes them out.

    %w = or disjoint i32 (shl (zext (bitcast half %h1 to i16) to i32), 16), (zext (bitcast half %h0 to i16) to i32)
    %w = bitcast <2 x half> (insertelement (insertelement poison, half %h0, 0), half %h1, 1) to i32

    %h0 = bitcast i16 (trunc i32 %w) to half            %h1 = bitcast i16 (trunc i32 (lshr i32 %w, 16)) to half
    %h0 = extractelement <2 x half> (bitcast i32 %w), 0

Halves may be bf16, also as integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.instructions import Instruction
from crosswarp.ir.types import FloatType, IntType, VectorType
from crosswarp.ir.values import Value

_WORD, _HALF = 32, 16


@dataclass(frozen=True)
class Pair:
    """The two elements of a register and the instructions that make it of them, the last one left out."""

    low: Value
    high: Value
    between: tuple[Instruction, ...]


@dataclass(frozen=True)
class Half:
    """Element `number` of a register, and the instructions that take it out, the last one left out."""

    word: Value
    number: int
    between: tuple[Instruction, ...]


def pair_of(word: Value) -> Pair | None:
    """What a register is made of, if it is made of two."""
    if not isinstance(word, Instruction):
        return None
    if word.opcode in ("or", "add", "xor"):
        return _of_integers(word)
    if word.opcode == "bitcast" and _is_pair(word.operands[0]):
        found = _of_vector(word.operands[0])
        return None if found is None else Pair(found.low, found.high, (*_instructions(word.operands[0]), *found.between))
    return _of_vector(word) if _is_pair(word) else None


def half_of(value: Value) -> Half | None:
    """Of which register an element is taken, if it is."""
    if not isinstance(value, Instruction) or not _is_half(value):
        return None
    if value.opcode == "extractelement" and _is_pair(value.operands[0]) and isinstance(value.operands[1], ConstantInt):
        vector, number = value.operands[0], value.operands[1].value
        word, between = _behind(vector, "bitcast")
        return Half(word, number, between) if _is_word(word) else Half(vector, number, ())
    inside, between = _behind(value, "bitcast") if value.opcode == "bitcast" else (value, ())
    return _cut(inside, tuple(one for one in between if one is not value))


def _cut(value: Value, between: tuple[Instruction, ...]) -> Half | None:
    if not isinstance(value, Instruction) or value.opcode != "trunc" or not _is_word(value.operands[0]):
        return None
    shifted = value.operands[0]
    if isinstance(shifted, Instruction) and shifted.opcode in ("lshr", "ashr") and _is_number(shifted.operands[1], _HALF):
        return Half(shifted.operands[0], 1, (*between, value, shifted))
    return Half(shifted, 0, (*between, value))


def _of_integers(word: Instruction) -> Pair | None:
    for high, low in (word.operands, word.operands[::-1]):
        top, bottom = _shifted(high), _widened(low)
        if top is not None and bottom is not None:
            return Pair(bottom[0], top[0], (*top[1], *bottom[1]))
    return None


def _shifted(value: Value) -> tuple[Value, tuple[Instruction, ...]] | None:
    if not isinstance(value, Instruction) or value.opcode != "shl" or not _is_number(value.operands[1], _HALF):
        return None
    found = _widened(value.operands[0])
    return None if found is None else (found[0], (value, *found[1]))


def _widened(value: Value) -> tuple[Value, tuple[Instruction, ...]] | None:
    if not isinstance(value, Instruction) or value.opcode != "zext" or not _is_half(value.operands[0]) or not _is_word(value):
        return None
    element, between = _behind(value.operands[0], "bitcast")
    return (element, (value, *between)) if _is_half(element) else (value.operands[0], (value,))


def _of_vector(vector: Value) -> Pair | None:
    found: dict[int, Value] = {}
    between: list[Instruction] = []
    at = vector
    while isinstance(at, Instruction) and at.opcode == "insertelement" and isinstance(at.operands[2], ConstantInt):
        found.setdefault(at.operands[2].value, at.operands[1])
        between += [at] if at is not vector else []
        at = at.operands[0]
    return Pair(found[0], found[1], tuple(between)) if found.keys() == {0, 1} else None


def _behind(value: Value, opcode: str) -> tuple[Value, tuple[Instruction, ...]]:
    """What a value is another type of."""
    if isinstance(value, Instruction) and value.opcode == opcode:
        return value.operands[0], (value,)
    return value, ()


def _instructions(value: Value) -> Sequence[Instruction]:
    return (value,) if isinstance(value, Instruction) else ()


def _is_number(value: Value, number: int) -> bool:
    return isinstance(value, ConstantInt) and value.value == number


def _is_half(value: Value) -> bool:
    return isinstance(value.type, IntType | FloatType) and value.type.bits == _HALF


def _is_word(value: Value) -> bool:
    return isinstance(value.type, IntType) and value.type.bits == _WORD


def _is_pair(value: Value) -> bool:
    kind = value.type
    if not isinstance(kind, VectorType) or kind.count != 2:
        return False
    return isinstance(kind.element, IntType | FloatType) and kind.element.bits == _HALF
