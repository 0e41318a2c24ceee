"""How far apart two addresses are, where that is a constant: sums of what both have in common cancel out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.instructions import GetElementPtr, Instruction
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.types import IntType
from crosswarp.ir.values import Value

_Term = tuple[int, str]
"""A value by identity, and how it is widened."""


@dataclass
class _Sum:
    """Of 64 bits: an address is a base and this."""

    constant: int = 0
    terms: Counter[_Term] = field(default_factory=Counter)


def distance(first: Value, second: Value, layout: DataLayout) -> int | None:
    """Bytes from one address to another; None where it is not known, or not constant."""
    (base, start), (other, end) = (_address(pointer, layout) for pointer in (first, second))
    if base is not other or {key: n for key, n in start.terms.items() if n} != {key: n for key, n in end.terms.items() if n}:
        return None
    return end.constant - start.constant


def _address(pointer: Value, layout: DataLayout) -> tuple[Value, _Sum]:
    total = _Sum()
    while isinstance(pointer, Instruction):
        known = layout.gep_offset(pointer.source_type, pointer.indices) if isinstance(pointer, GetElementPtr) else None
        if known is not None:
            total.constant += known
        elif isinstance(pointer, GetElementPtr) and len(pointer.indices) == 1:
            _add(total, pointer.indices[0], layout.size(pointer.source_type))
        elif pointer.opcode != "addrspacecast":
            break
        pointer = pointer.operands[0]
    return pointer, total


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
        total.terms[id(value), ""] += factor


def _add_widened(total: _Sum, value: Value, factor: int, widening: str) -> None:
    """A narrower integer. What is added to it inside is added outside where it does not wrap around."""
    while isinstance(value, Instruction) and value.opcode in ("add", "or") and isinstance(value.operands[1], ConstantInt):
        needed = {"sext": "nsw", "zext": "nuw"}[widening] if value.opcode == "add" else "disjoint"
        constant = value.operands[1].value
        if needed not in value.flags or constant < 0:
            break
        total.constant += constant * factor
        value = value.operands[0]
    total.terms[id(value), widening] += factor
