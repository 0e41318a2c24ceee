"""Second copies of functions and of blocks."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from crosswarp.ir.constants import Constant, rebuild
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Instruction
from crosswarp.ir.values import MetadataValue, Value


def cloned(function: Function, name: str) -> Function:
    """The same body, attributes and parameters under another name, for the same module.

    Debug locations stay those of the first function. LLVM wants them to be in one: the copy has to become a part of it again.
    """
    made = Function(name, function.function_type, function.address_space)
    made.attributes, made.return_attributes = list(function.attributes), list(function.return_attributes)
    made.calling_convention, made.unnamed_addr = function.calling_convention, function.unnamed_addr
    known: dict[int, Value] = {}
    for old, new in zip(function.arguments, made.arguments, strict=True):
        new.name, new.attributes = old.name, list(old.attributes)
        known[id(old)] = new
    for block in function.blocks:
        known[id(block)] = Block(block.name, made)
    made.blocks = [_copied(block, known) for block in function.blocks]
    for instruction in made.instructions():
        instruction.operands = [_mapped(operand, known) for operand in instruction.operands]
    return made


def copied(blocks: Sequence[Block]) -> dict[int, Value]:
    """Second copies of some blocks, at the end of their function: for each block and instruction, by identity, its copy.

    Phis keep their ways from other blocks. ValueError where a debug record tells of a value that is copied.
    """
    function = blocks[0].parent
    assert function is not None
    known: dict[int, Value] = {id(block): Block(None, function) for block in blocks}
    made = [_copied(block, known) for block in blocks]
    for block in made:
        for instruction in block.instructions:
            instruction.name = None
            instruction.operands = [_mapped(operand, known) for operand in instruction.operands]
    function.blocks.extend(made)
    return known


def appended(instructions: Sequence[Instruction], block: Block, known: dict[int, Value]) -> None:
    """Second copies of some instructions at the end of a block. `known`, by identity: what stands for values there, also for those
    of the instructions from now on.
    """
    for one in instructions:
        twin: Instruction = copy.copy(one)
        twin.metadata, twin.name = dict(one.metadata), None
        twin.operands = [_mapped(operand, known) for operand in one.operands]
        known[id(one)] = block.append(twin)


def _copied(block: Block, known: dict[int, Value]) -> Block:
    made = known[id(block)]
    assert isinstance(made, Block)
    for one in block.instructions:
        twin: Instruction = copy.copy(one)
        twin.metadata = dict(one.metadata)
        known[id(one)] = made.append(twin)
    return made


def _mapped(operand: Value, known: dict[int, Value]) -> Value:
    if id(operand) in known:
        return known[id(operand)]
    if isinstance(operand, MetadataValue) and operand.wrapped is not None:
        return MetadataValue(operand.text, known.get(id(operand.wrapped), operand.wrapped))
    if isinstance(operand, Constant) and operand.operands:
        return rebuild(operand, lambda part: known.get(id(part), part))
    return operand
