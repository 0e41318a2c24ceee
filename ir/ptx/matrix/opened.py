"""Matrix instructions whose layouts are chosen later: calls of a declared operation, the exact meaning in a function beside it.

    call { float, float } @__cw.tile.mma.sync.aligned.m8n8k4...(...)      until the pass `tensor-layout` has decided
    define { float, float } @__cw.exact.mma.sync.aligned.m8n8k4...(...)   what `expand-tiles` calls where nothing better was found

Operands are the instruction's registers in their order; a stride in elements follows the pointer, or the name ends with `.dense`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use
from crosswarp.ir.ptx.matrix.outline import made
from crosswarp.ir.tiles.names import DENSE, EXACT, TILE
from crosswarp.ir.types import VOID, struct_of
from crosswarp.ir.values import Value

_MATRIX = frozenset({"mma", "wmma", "ldmatrix", "stmatrix", "movmatrix"})
_EFFECTS = {"mma": "memory(none)", "movmatrix": "memory(none)", "ldmatrix": "memory(read)", "stmatrix": "memory(readwrite)",
            "wmma.mma": "memory(none)", "wmma.load": "memory(argmem: read)", "wmma.store": "memory(argmem: write)"}  # fmt: skip
_ATTRIBUTES = ("convergent", "nocallback", "nofree", "nounwind", "willreturn")


def is_matrix(form: Form) -> bool:
    """Whether the instruction works on matrices that a warp holds together, and on nothing else: `mma.sp` has a constant, too."""
    return (form.opcode in _MATRIX and not any(source.startswith("imm") for source in form.sources)
            and ".block_scale" not in form.template)


def opened(form: Form) -> Meaning:
    """The meaning of a matrix instruction as a call of an operation with an open layout."""

    def meaning(e: Emitter, use: Use, *operands: Any) -> Any:
        name = use.mnemonic + (DENSE if form.opcode == "wmma" and not _has_stride(form) else "")
        exact = made(e, EXACT + name, _flat(operands), lambda e, values: _flat([form.meaning(e, use, *_grouped(operands, values))]))
        exact.linkage = "external"
        whole = e.builder.call(e.module.declare(TILE + name, exact.function_type, _attributes(use)), _flat(operands))
        if exact.return_type is VOID:
            return None
        results = tuple(e.builder.extractvalue(whole, n) for n in range(len(struct_of(whole.type).fields)))
        return results if "{" in form.results[0] else results[0]

    return meaning


def _has_stride(form: Form) -> bool:
    return ".mma." in form.template or form.sources[-1] == "b32"


def _attributes(use: Use) -> tuple[str, ...]:
    opcode, _, rest = use.mnemonic.partition(".")
    return (*_ATTRIBUTES, _EFFECTS[opcode if opcode != "wmma" else f"wmma.{rest.partition('.')[0]}"])


def _flat(operands: Sequence[Any]) -> list[Value]:
    """The values of operands of which some are groups, or nothing."""
    found: list[Value] = []
    for operand in operands:
        found += operand if isinstance(operand, tuple | list) else [] if operand is None else [operand]
    return found


def _grouped(like: Sequence[Any], values: Sequence[Value]) -> list[Any]:
    """Values in the groups that `_flat` took apart."""
    rest, found = iter(values), list[Any]()
    for operand in like:
        found.append(tuple(next(rest) for _ in operand) if isinstance(operand, tuple | list) else next(rest))
    return found
