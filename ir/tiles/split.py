"""Two copies of a function's body behind a question: code that is only right where the answer is yes can stand in the first.

Before: `entry: (variables) (body)`
After:  `entry: (variables) br i1 %condition, label %first, label %second` with the body in `first` and a copy of it in `second`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from crosswarp.ir.builder import Builder
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.values import MetadataValue, Value


def split(function: Function, condition: Callable[[Builder], Value]) -> tuple[Block, Block]:
    """The first blocks of both copies. Variables of the entry stay in front, and are shared."""
    entry = function.entry
    body = entry.split_before(next(one for one in entry.instructions if one.opcode != "alloca"))
    other = _copied(function, [block for block in function.blocks if block is not entry])
    ask = Builder(entry, debug_location=body.instructions[0].metadata.get("dbg"))
    ask.cond_br(condition(ask), body, other[body])
    return body, other[body]


def _copied(function: Function, blocks: list[Block]) -> dict[Block, Block]:
    copies = {block: function.add_block() for block in blocks}
    known: dict[Value, Value] = {**copies}
    for block, made in copies.items():
        for one in block.instructions:
            known[one] = made.append(_alike(one))
    for made in copies.values():
        for one in made.instructions:
            one.operands = [_renewed(operand, known) for operand in one.operands]
    return copies


def _alike(one: Instruction) -> Instruction:
    made = copy.copy(one)
    made.operands, made.metadata, made.name = list(one.operands), dict(one.metadata), None
    if isinstance(made, Call):
        made.attributes, made.return_attributes = list(made.attributes), list(made.return_attributes)
        made.argument_attributes = [list(each) for each in made.argument_attributes]
    return made


def _renewed(operand: Value, known: dict[Value, Value]) -> Value:
    """The operand in the copy; metadata can hold a value of the function."""
    if isinstance(operand, MetadataValue) and operand.wrapped in known:
        made = copy.copy(operand)
        made.wrapped = known[operand.wrapped]
        return made
    return known.get(operand, operand)
