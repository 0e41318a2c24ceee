"""How far apart two addresses are, where that is a constant: sums of what both have in common cancel out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Block
from crosswarp.ir.instructions import GetElementPtr, Instruction, Phi
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.loops import a_turn_later
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.types import I32, IntType, PointerType
from crosswarp.ir.values import Value

_HALF = 1 << 31
_Term = tuple[int, str]
"""A value by identity, and how it is widened."""


@dataclass
class _Sum:
    """Of 64 bits: an address is a base and this."""

    constant: int = 0
    terms: Counter[_Term] = field(default_factory=Counter)
    values: dict[int, Value] = field(default_factory=dict)

    def add(self, value: Value, widening: str, factor: int) -> None:
        """Add a multiple of a value."""
        self.terms[id(value), widening] += factor
        self.values[id(value)] = value


def distance(first: Value, second: Value, layout: DataLayout) -> int | None:
    """Bytes from one address to another; None where it is not known, or not constant."""
    (base, start), (other, end) = (_address(pointer, layout) for pointer in (first, second))
    if base is not other or {key: n for key, n in start.terms.items() if n} != {key: n for key, n in end.terms.items() if n}:
        return None
    return end.constant - start.constant


def growth(pointer: Value, block: Block, layout: DataLayout) -> int | None:
    """Bytes by which an address grows in each turn of a loop of one block; None where that is not known, or not constant."""
    base, total = _address(pointer, layout)
    grown = 0
    if base is not None and _is_of(base, block):
        step = distance(base, a_turn_later(base), layout) if isinstance(base, Phi) else None
        if step is None:
            return None
        grown += step
    for (key, widening), coefficient in total.terms.items():
        value = total.values[key]
        if coefficient and _is_of(value, block):
            step = _counted(value, widening)
            if step is None:
                return None
            grown += coefficient * step
    return grown


def _is_of(value: Value, block: Block) -> bool:
    return isinstance(value, Instruction) and value.parent is block


def _counted(value: Value, widening: str) -> int | None:
    """What a widened phi grows by in each turn."""
    if not isinstance(value, Phi):
        return None
    before, after = _Sum(), _Sum()
    for total, each in ((before, value), (after, a_turn_later(value))):
        if widening:
            _add_widened(total, each, 1, widening)
        else:
            _add(total, each, 1)
    return after.constant if after.terms == before.terms else None


def _address(pointer: Value, layout: DataLayout) -> tuple[Value | None, _Sum]:
    """A base and what is added to it; no base where integers have become the address."""
    total = _Sum()
    while isinstance(pointer, Instruction):
        known = layout.gep_offset(pointer.source_type, pointer.indices) if isinstance(pointer, GetElementPtr) else None
        if known is not None:
            total.constant += known
        elif isinstance(pointer, GetElementPtr) and len(pointer.indices) == 1:
            _add(total, pointer.indices[0], layout.size(pointer.source_type))
        elif pointer.opcode == "inttoptr" and _is_word(pointer) and not total.terms:
            _add_word(total, pointer.operands[0], 1)
            total.constant = (total.constant + _HALF & 2 * _HALF - 1) - _HALF
            return None, total
        elif pointer.opcode != "addrspacecast":
            break
        pointer = pointer.operands[0]
    return pointer, total


def _is_word(pointer: Instruction) -> bool:
    """Whether an integer of 32 bits becomes an address of as many."""
    kind = pointer.type
    return isinstance(kind, PointerType) and kind.space == ADDRESS_SPACES["shared"] and pointer.operands[0].type is I32


def _add(total: _Sum, value: Value, factor: int) -> None:
    """Add a multiple of an integer; one of 32 bits is widened as a signed number."""
    one = value if isinstance(value, Instruction) else None
    if isinstance(value, ConstantInt):
        total.constant += value.value * factor
    elif isinstance(value.type, IntType) and value.type.bits < 64:
        _add_widened(total, value, factor, "sext")
    elif one is not None and one.opcode in ("zext", "sext"):
        _add_widened(total, one.operands[0], factor, "sext" if one.opcode == "sext" or "nneg" in one.flags else "zext")
    elif one is not None and one.opcode == "add":
        for operand in one.operands:
            _add(total, operand, factor)
    elif one is not None and one.opcode in ("mul", "shl") and isinstance(one.operands[1], ConstantInt):
        number = one.operands[1].value
        _add(total, one.operands[0], factor * (1 << number if one.opcode == "shl" else number))
    else:
        total.add(value, "", factor)


def _add_word(total: _Sum, value: Value, factor: int) -> None:
    """A part of an address of 32 bits, which wraps around as that does."""
    one = value if isinstance(value, Instruction) else None
    if isinstance(value, ConstantInt):
        total.constant += value.value * factor
    elif one is not None and (one.opcode == "add" or (one.opcode == "or" and "disjoint" in one.flags)):
        for operand in one.operands:
            _add_word(total, operand, factor)
    else:
        total.add(value, "", factor)


def _add_widened(total: _Sum, value: Value, factor: int, widening: str) -> None:
    """A narrower integer. What is added to it inside is added outside where it does not wrap around."""
    while isinstance(value, Instruction) and value.opcode in ("add", "or") and isinstance(value.operands[1], ConstantInt):
        needed = {"sext": "nsw", "zext": "nuw"}[widening] if value.opcode == "add" else "disjoint"
        constant = value.operands[1].value
        if needed not in value.flags or constant < 0:
            break
        total.constant += constant * factor
        value = value.operands[0]
    total.add(value, widening, factor)
