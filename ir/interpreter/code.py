"""Functions prepared for running: each instruction becomes a Python function over the frame's slots.

A frame is a list: slot 0 holds the stack memory it owns, slot 1 the returned value, then arguments, results and constants.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, DebugRecord, Instruction
from crosswarp.ir.interpreter.calls import CallSite, make_call
from crosswarp.ir.interpreter.errors import KernelError, NotInterpreted, Undefined
from crosswarp.ir.interpreter.memory import Allocation
from crosswarp.ir.interpreter.steps import STEP_MAKERS, Edge, Step, Terminator, make_terminator
from crosswarp.ir.semantics.poison import UndefinedBehaviour
from crosswarp.ir.types import VOID
from crosswarp.ir.values import Value
from crosswarp.ir.writer_function import FunctionWriter

if TYPE_CHECKING:
    from crosswarp.ir.interpreter.machine import Interpreter
    from crosswarp.ir.interpreter.threads import Thread

OWNED, RETURNED, FIRST_ARGUMENT = 0, 1, 2
Running = Generator[Any, Any, Any]


@dataclass(eq=False)
class PreparedBlock:
    """`parts` are runs of steps, each followed by a call that may have to wait (or None at the end)."""

    name: str
    parts: list[tuple[list[Step], CallSite | None]] = field(default_factory=list)
    terminator: Terminator | None = None
    cost: int = 0


@dataclass(eq=False)
class Code:
    """A prepared function. `template` is a fresh frame; `byval` lists (slot, bytes) of arguments passed by value."""

    function: Function
    template: list[Any]
    entry: PreparedBlock
    byval: list[tuple[int, int]]
    origin: dict[Any, Instruction]


class Preparer:
    """Prepares one function."""

    def __init__(self, machine: Interpreter, function: Function) -> None:
        self.machine, self.function, self.layout = machine, function, machine.layout
        self.template: list[Any] = [None, None]
        self.slots: dict[Value, int] = {}
        self.origin: dict[Any, Instruction] = {}
        self.blocks = {block: PreparedBlock(str(block)) for block in function.blocks}
        for argument in function.arguments:
            self._new_slot(argument)
        for instruction in function.instructions():
            if instruction.type is not VOID:
                self._new_slot(instruction)

    def _new_slot(self, value: Value, content: Any = None) -> int:
        self.slots[value] = len(self.template)
        self.template.append(content)
        return self.slots[value]

    def slot(self, value: Value) -> int:
        """Where a value stands; constants are evaluated once and stored in the template."""
        found = self.slots.get(value)
        return found if found is not None else self._new_slot(value, self.machine.constants.value(value))

    def edge(self, source: Block, target: Block) -> Edge:
        """What a branch does: the next block, and the phis' values to move."""
        moves = []
        for phi in target.phis():
            value = next(v for v, block in phi.incoming if block is source)
            moves.append((self.slot(phi), self.slot(value)))
        return self.blocks[target], moves

    def prepare(self) -> Code:
        """All blocks."""
        for block in self.function.blocks:
            self._block(block)
        byval = [(self.slots[a], self.machine.byval_size(a)) for a in self.function.arguments if self.machine.byval_size(a) >= 0]
        return Code(self.function, self.template, self.blocks[self.function.entry], byval, self.origin)

    def _block(self, block: Block) -> None:
        prepared = self.blocks[block]
        steps: list[Step] = []
        for instruction in block.instructions:
            if instruction.opcode == "phi" or isinstance(instruction, DebugRecord):
                continue
            prepared.cost += 1
            if instruction.is_terminator:
                terminator = make_terminator(self, instruction)
                self.origin[terminator] = instruction
                prepared.terminator = terminator
                continue
            made = make_call(self, instruction) if isinstance(instruction, Call) else self._step(instruction)
            if isinstance(made, CallSite):
                prepared.parts.append((steps, made))
                steps = []
            else:
                self.origin[made] = instruction
                steps.append(made)
        prepared.parts.append((steps, None))

    def _step(self, instruction: Instruction) -> Step:
        maker = STEP_MAKERS.get(instruction.opcode)
        if maker is None:
            raise NotInterpreted(f"instruction {instruction.opcode}")
        return maker(self, instruction)


def run(code: Code, arguments: Iterable[Any], thread: Thread) -> Running:
    """Run a function as part of a thread. Yields requests to other threads, and None to let others go on."""
    owned: list[Allocation] = []
    slots = _frame(code, arguments, thread, owned)
    current: Any = None
    block = code.entry
    try:
        while True:
            thread.tick(block.cost)
            for steps, call in block.parts:
                for current in steps:
                    current(slots, thread)
                if call is not None:
                    current = call
                    thread.at = call.instruction
                    slots[call.result] = yield from call.perform(slots, thread)
            current = block.terminator
            edge = current(slots, thread)
            if edge is None:
                return slots[RETURNED]
            block = _follow(edge, slots)
            if thread.should_pause():
                yield None
    except UndefinedBehaviour as problem:
        raise _explained(Undefined(str(problem)), code, current) from problem
    except KernelError as problem:
        raise _explained(problem, code, current)  # noqa: B904 - the same error, with the place added
    finally:
        for allocation in owned:
            thread.machine.memory.release(allocation)


def _frame(code: Code, arguments: Iterable[Any], thread: Thread, owned: list[Allocation]) -> list[Any]:
    slots = code.template.copy()
    slots[OWNED] = owned
    for index, value in enumerate(arguments, FIRST_ARGUMENT):
        slots[index] = value
    for slot, size in code.byval:
        slots[slot] = thread.copy_argument(slots[slot], size, owned)
    return slots


def _follow(edge: Edge, slots: list[Any]) -> Any:
    """Give the phis their values, all at once; the block to run next."""
    block, moves = edge
    if moves:
        values = [slots[source] for _, source in moves]
        for (target, _), value in zip(moves, values, strict=True):
            slots[target] = value
    return block


def _explained(problem: KernelError, code: Code, current: Any) -> KernelError:
    if not problem.instruction:
        instruction = current.instruction if isinstance(current, CallSite) else code.origin.get(current)
        if instruction is not None:
            problem.instruction = f"in {code.function}: {FunctionWriter(code.function).line(instruction).strip()}"
    return problem


