"""Fragments of a function as nodes of a graph: what is loaded, multiplied, chosen by phis, computed element by element, filled.

A fragment is a tuple of values, one for each register of a lane. It is a node when all registers come from the same place in the
same order, so that one lane may hold the whole matrix; a tuple that is no node is gathered from the registers of all lanes.
Registers of a node that something else uses are *observed*: they are handed out to all lanes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Indexed, Instruction
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.tiles.aggregates import separate_registers
from crosswarp.targets.cpu.tiles.forms import Held, Move, Multiply, TileForm, form_of


@dataclass(eq=False)
class Node:
    """A matrix that one lane holds: `values` are the different registers of a lane, in order; `anchor` is where it is made."""

    held: Held
    values: tuple[Value, ...]
    anchor: Instruction


class Result(Node):
    """Of a load or product."""


class Gathered(Node):
    """Collected from the registers of all lanes where the matrix is needed."""


@dataclass(eq=False)
class Operation:
    """A call of a matrix operation: the matrices it reads and the one it makes. `registers`: what uses see of its result."""

    call: Call
    form: TileForm
    operands: list[Node] = field(default_factory=list)
    result: Result | None = None
    registers: tuple[Indexed, ...] = ()


class Graph:
    """The fragments of one function."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self._registers = separate_registers(function, list(tile_calls(function)))
        self.uses = UseMap(function)
        self.operations = list(self._operations())
        for operation in self.operations:
            operation.operands = [self._operand(operation.call, held, values) for held, values in _reads(operation)]

    def is_observed(self, operation: Operation) -> bool:
        """Whether lanes use the registers of the result by themselves."""
        return any(self.uses.is_used(value) for value in operation.registers)

    def _operations(self) -> Iterator[Operation]:
        for call in tile_calls(self.function):
            form = form_of(call.callee_name or "")
            if form is None:
                continue
            operation = Operation(call, form, registers=self._registers.get(call, ()))
            held = form.held if isinstance(form, Move) and form.is_load else form.d if isinstance(form, Multiply) else None
            if held is not None:
                operation.result = Result(held, operation.registers[: held.registers], call)
            yield operation

    def _operand(self, call: Call, held: Held, values: tuple[Value, ...]) -> Node:
        return Gathered(held, values, call)


def tile_calls(function: Function) -> Iterator[Call]:
    """Calls of operations with an open layout."""
    for instruction in function.instructions():
        if isinstance(instruction, Call) and (instruction.callee_name or "").startswith(TILE):
            yield instruction


def _reads(operation: Operation) -> Iterator[tuple[Held, tuple[Value, ...]]]:
    """The matrices an operation takes in registers. Registers may stand more than once: the first are enough."""
    form, arguments = operation.form, operation.call.arguments
    if isinstance(form, Multiply):
        at = 0
        for held, given in zip((form.a, form.b, form.c), form.given, strict=True):
            yield held, tuple(arguments[at : at + held.registers])
            at += given
    elif isinstance(form, Move) and not form.is_load:
        yield form.held, tuple(arguments[1 : 1 + form.held.registers])
