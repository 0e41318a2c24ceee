"""What the words of a form's signature (`form.py`) say of the operands that are written for them."""

from __future__ import annotations

from collections.abc import Sequence

from crosswarp.ir.ptx.form import Use
from crosswarp.ir.ptx.records.special import VECTORS
from crosswarp.ir.ptx.scope import Scope
from crosswarp.ir.ptx.syntax import Name, Operand, Pair, PtxError, Vector
from crosswarp.ir.ptx.types import PtxType


def spread(operands: Sequence[Operand]) -> list[Operand]:
    """`d|p` are two operands."""
    return [one for o in operands for one in ((o.first, o.second) if isinstance(o, Pair) else (o,))]


def type_of(word: str) -> PtxType:
    """The type in a word of a signature."""
    return PtxType.parse(word.strip("~!*-").partition("{")[0].partition(".")[0])


def count_of(word: str, use: Use) -> int | None:
    """How many registers in braces a word asks for; None: it asks for one register without."""
    if word.endswith("*"):
        return use.vector
    inside = word[word.find("{") + 1 : -1] if word.endswith("}") else ""
    return int(inside) if inside else None


def elements(operand: Operand, count: int, scope: Scope) -> Sequence[Operand]:
    """The parts of a vector, which may have a name of its own."""
    if isinstance(operand, Vector) and len(operand.elements) == count:
        return operand.elements
    if isinstance(operand, Name) and count > 1 and operand.text not in scope.names:
        parts = tuple(Name(f"{operand.text}.{axis}") for axis in "xyzw")
        known = sum(part.text in scope.names for part in parts) or 4 * (operand.text in VECTORS)
        if known == count:
            return parts[:count]
    if count == 1 and not isinstance(operand, Vector):
        return (operand,)
    raise PtxError(f"an operand that must have {count} parts in braces")
