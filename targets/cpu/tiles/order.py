"""Where the first lane must wait for the others before it loads or stores a matrix for all.

Lanes run one after the other, the first lane first, from one place where all wait for each other to the next. So what it loads
after such a place has not been changed yet by what others do later, and what it stores is there when they come to look. It must
wait only for what others have done before in the program: a load for their stores, a store for their loads and stores; and where
not all lanes are known to have started from one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Alloca, AtomicRMW, Call, CmpXchg, Fence, Instruction, Load, MemoryAccess, Store
from crosswarp.ir.types import PointerType
from crosswarp.ir.values import Argument, InlineAsm, Value
from crosswarp.targets.cpu.operations import is_scheduled
from crosswarp.targets.cpu.passes.pointers import roots
from crosswarp.targets.cpu.tiles.forms import Move
from crosswarp.targets.cpu.tiles.graph import Operation

_BARRIER, _ALL = "__nvvm.barrier.cta.", ".all"
_MASKED = ("__nvvm.bar.warp.sync", "__nvvm.shfl.sync", "__nvvm.vote.", "__nvvm.match.")
_HARMLESS = ("__nvvm.read.ptx.sreg.", "__nvvm.membar.", "__nvvm.prefetch.", "__nvvm.cp.async.commit", "__nvvm.cp.async.wait")
_HARMLESS_INTRINSICS = ("llvm.dbg.", "llvm.lifetime.", "llvm.assume", "llvm.experimental.noalias")


@dataclass(frozen=True)
class State:
    """What may have happened since all lanes started from one place. `apart`: it is not known that they did."""

    apart: bool = False
    loaded: bool = False
    stored: bool = False

    def joined(self, other: State) -> State:
        """At the end of two ways."""
        return State(self.apart or other.apart, self.loaded or other.loaded, self.stored or other.stored)


_ANYTHING = State(True, True, True)
_NOTHING = State()


def waiting_moves(function: Function, operations: Iterable[Operation], meeting: set[int], lockstep: bool) -> set[int]:
    """Calls (by `id`) of loads and stores that need a meeting of their own.

    `meeting`: calls at which the warp meets anyway; `lockstep`: accesses to memory may suspend lanes later on.
    """
    moves = {id(one.call): one.form for one in operations if isinstance(one.form, Move)}
    known = {id(one.call) for one in operations}
    found = set(meeting)
    while True:
        walk = _Walk(moves, known, found, lockstep)
        fresh = walk.run(function)
        if not fresh:
            return found - meeting
        found |= fresh


class _Walk:
    def __init__(self, moves: dict[int, Move], known: set[int], meeting: set[int], lockstep: bool) -> None:
        self.moves, self.known, self.meeting, self.lockstep = moves, known, meeting, lockstep

    def run(self, function: Function) -> set[int]:
        """Moves that must meet, beside those that do."""
        before: dict[Block, State] = {function.entry: _NOTHING}
        work = [function.entry]
        fresh: set[int] = set()
        while work:
            block = work.pop()
            state = before[block]
            for instruction in block.instructions:
                if self._must_wait(instruction, state):
                    fresh.add(id(instruction))
                state = self._after(instruction, state)
            for successor in block.successors():
                old = before.get(successor)
                new = state if old is None else old.joined(state)
                if new != old:
                    before[successor] = new
                    work.append(successor)
        return fresh

    def _must_wait(self, instruction: Instruction, state: State) -> bool:
        form = self.moves.get(id(instruction))
        if form is None or id(instruction) in self.meeting:
            return False
        return state.apart or state.stored or (not form.is_load and state.loaded)

    def _after(self, instruction: Instruction, state: State) -> State:
        if id(instruction) in self.known:
            return _NOTHING if id(instruction) in self.meeting else state
        if isinstance(instruction, Call):
            return _after_call(instruction, state)
        if isinstance(instruction, AtomicRMW | CmpXchg) or (isinstance(instruction, MemoryAccess) and _is_ordered(instruction)):
            return _ANYTHING
        if isinstance(instruction, Load | Store) and not _is_private(instruction.pointer):
            is_load = isinstance(instruction, Load)
            if is_load and _is_constant(instruction.pointer):
                return state
            return State(state.apart or self.lockstep, state.loaded or is_load, state.stored or not is_load)
        return state


def _after_call(call: Call, state: State) -> State:
    name = call.callee_name or ""
    if _is_note(call):
        return state
    if _gathers_all(call, name):
        return _NOTHING
    if is_scheduled(name) or not name.startswith(("llvm.", "__nvvm.", "__nv_")):
        return _ANYTHING
    if name.startswith((*_HARMLESS, *_HARMLESS_INTRINSICS)) or not _takes_pointer(call):
        return state
    return State(state.apart, True, True)


def _gathers_all(call: Call, name: str) -> bool:
    """Whether all lanes of the warp wait for each other."""
    if name.startswith(_MASKED):
        return isinstance(call.arguments[0], ConstantInt) and call.arguments[0].value == -1
    return name.startswith(_BARRIER) and name.endswith(_ALL)


def _is_note(call: Call) -> bool:
    """Whether this is an empty asm statement, which only compilers see."""
    return isinstance(call.callee, InlineAsm) and not call.callee.template.strip()


def _takes_pointer(call: Call) -> bool:
    return any(isinstance(argument.type, PointerType) for argument in call.arguments)


def _is_ordered(access: MemoryAccess) -> bool:
    return access.volatile or bool(access.ordering)


def _is_private(pointer: Value) -> bool:
    found = roots(pointer)
    return bool(found) and all(isinstance(root, Alloca) or _is_parameter(root) for root in found or ())


def _is_parameter(root: Value) -> bool:
    return isinstance(root, Argument) and any(text.startswith("byval") for text in root.attributes)


def _is_constant(pointer: Value) -> bool:
    found = roots(pointer)
    return bool(found) and all(isinstance(root.type, PointerType) and root.type.space == 4 for root in found or ())


def may_suspend_or_access(instruction: Instruction) -> bool:
    """Whether the first lane's work must be done before: a lane may wait here, or touch memory that others see."""
    if isinstance(instruction, Call):
        name = instruction.callee_name or ""
        is_known = name.startswith(_HARMLESS[:1]) or (name.startswith("llvm.") and not _takes_pointer(instruction))
        return not (is_known or _is_note(instruction))
    return isinstance(instruction, MemoryAccess | Fence) or instruction.is_terminator
