"""Calls of matrix operations with an open layout, and the functions that make them."""

from __future__ import annotations

from collections.abc import Iterator

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.tiles.names import TILE


def functions_with_tiles(module: Module) -> list[Function]:
    """Each function that calls a matrix operation, once."""
    return list(module.functions_mentioning(*(function for name, function in module.functions.items() if name.startswith(TILE))))


def tile_calls(function: Function) -> Iterator[Call]:
    """All matrix operations of a function, also those that are not understood."""
    for instruction in function.instructions():
        if isinstance(instruction, Call) and (instruction.callee_name or "").startswith(TILE):
            yield instruction
