"""What a load of a matrix must not go across."""

from __future__ import annotations

from collections.abc import Iterable

from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.names import words
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.tiles.operations import Load, Product, operation_of
from crosswarp.ir.values import InlineAsm

_WRITES = words("store atomicrmw cmpxchg fence")
_READS = (f"{TILE}ldmatrix.", f"{TILE}wmma.load.")


def none_writes_between(instructions: Iterable[Instruction]) -> bool:
    """Whether these are of one block, and memory is the same before each of them."""
    ends = list(instructions)
    block = ends[0].parent
    if block is None or any(each.parent is not block for each in ends):
        return False
    places = [block.instructions.index(each) for each in ends]
    return not any(map(may_write, block.instructions[min(places) : max(places)]))


def may_write(one: Instruction) -> bool:
    """Whether a load must not go across: an empty asm, which `load_matrix_sync` puts around itself, orders nothing in memory."""
    if isinstance(one, Call):
        if isinstance(one.callee, InlineAsm):
            return bool(one.callee.template.strip())
        if isinstance(operation_of(one), Load | Product):
            return False
        return not (one.callee_name or "").startswith(_READS) and not _is_pure(one)
    return one.opcode in _WRITES or "volatile" in one.flags


def _is_pure(call: Call) -> bool:
    attributes = [*call.attributes, *getattr(call.callee, "attributes", ())]
    return any(each.startswith(("memory(none)", "readnone")) for each in attributes)
