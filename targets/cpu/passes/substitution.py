"""Replacing many values of a function in one walk."""

from __future__ import annotations

from collections.abc import Mapping

from crosswarp.ir.function import Function
from crosswarp.ir.values import MetadataValue, Value


def substitute(function: Function, replacements: Mapping[int, Value]) -> None:
    """Drop the instructions whose `id` is a key, and use the value in their place. A value may itself be replaced."""
    if not replacements:
        return
    for block in function.blocks:
        block.instructions = [i for i in block.instructions if id(i) not in replacements]
        for instruction in block.instructions:
            operands = instruction.operands
            for index, operand in enumerate(operands):
                operands[index] = _replaced(operand, replacements)


def _replaced(operand: Value, replacements: Mapping[int, Value]) -> Value:
    while id(operand) in replacements:
        operand = replacements[id(operand)]
    if isinstance(operand, MetadataValue) and operand.wrapped is not None and id(operand.wrapped) in replacements:
        return MetadataValue(None, _replaced(operand.wrapped, replacements))
    return operand
