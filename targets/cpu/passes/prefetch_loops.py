"""Asks for what a thread will load in the next turn of a loop in which threads wait for each other.

Threads of a block run one after the other, and each loads a few bytes in its turn: the processor sees no pattern in that, and waits
for memory once for every few threads. Between two turns of such a loop the whole block runs, so that what is asked for one turn
ahead is there in time. A prefetch never faults, so the address may lie behind the end.

Before: `%k = phi i64 [ 0, %entry ], [ %k.next, %loop ]`, `%p = getelementptr i8, ptr %a, i64 %k`, `%v = load i32, ptr %p`
After:  the same, with `%n = add i64 %k, 64`, `%q = getelementptr i8, ptr %a, i64 %n`, `call void @llvm.prefetch.p0(ptr %q, ...)`
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Instruction, Load, Phi
from crosswarp.ir.module import Module
from crosswarp.ir.names import words
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import I32, VOID, FunctionType, PointerType
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.operations import SUSPEND
from crosswarp.targets.cpu.passes.cfg import cycles
from crosswarp.targets.cpu.passes.force_inline import is_kernel
from crosswarp.targets.cpu.passes.pointers import is_global_memory

_COPIED = words("add sub mul shl lshr ashr and or xor sext zext trunc getelementptr addrspacecast bitcast ptrtoint inttoptr")
_COPIES = ("__nvvm.cp.async.", "__cw.cp.async.")
_READ, _ALL_CACHES, _DATA = 0, 3, 1


@dataclass(frozen=True)
class PrefetchLoops(Pass):
    """Prefetches beside loads and asynchronous copies from global memory, in loops of kernels that suspend."""

    name: ClassVar[str] = "prefetch-loops"
    requires: ClassVar[frozenset[str]] = frozenset({"thread-context"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """See the module's docstring."""
        for function in module.definitions():
            if is_kernel(function):
                for loop, source, pointer in list(_sources(function)):
                    _prefetch(module, loop, source, pointer)


@dataclass(frozen=True)
class _Loop:
    """`head`: its first block; `latch`: the only one from which a next turn begins."""

    body: set[Block]
    head: Block
    latch: Block


def _sources(function: Function) -> Iterator[tuple[_Loop, Instruction, Value]]:
    """What reads global memory, with its pointer and the innermost loop around it in which threads wait."""
    inner: dict[Block, _Loop] = {}
    for body in cycles(function):  # outer ones first
        loop = _loop(function, body)
        if loop is not None and any(isinstance(i, Call) and i.callee_name == SUSPEND for block in body for i in block.instructions):
            inner.update(dict.fromkeys(body, loop))
    for block, loop in inner.items():
        seen = set[int]()
        for instruction in block.instructions:
            pointer = _global_pointer(instruction, function.arguments[0])
            if pointer is not None and id(pointer) not in seen:
                seen.add(id(pointer))
                yield loop, instruction, pointer


def _loop(function: Function, body: set[Block]) -> _Loop | None:
    heads = {target for block in function.blocks if block not in body for target in block.successors() if target in body}
    latches = [block for block in body for target in block.successors() if target in heads]
    return _Loop(body, heads.pop(), latches[0]) if len(heads) == len(latches) == 1 else None


def _global_pointer(instruction: Instruction, thread: Value) -> Value | None:
    if isinstance(instruction, Load) and not instruction.volatile and not instruction.ordering:
        return instruction.pointer if is_global_memory(instruction.pointer, thread) else None
    if isinstance(instruction, Call) and (instruction.callee_name or "").startswith(_COPIES) and len(instruction.arguments) > 1:
        return instruction.arguments[1]
    return None


def _prefetch(module: Module, loop: _Loop, source: Instruction, pointer: Value) -> None:
    assert source.parent is not None and isinstance(pointer.type, PointerType)
    turn = _Turn(loop, Builder(source.parent, source))
    ahead = turn.next(pointer)
    if ahead is not None and ahead is not pointer:
        kind = FunctionType(VOID, (pointer.type, I32, I32, I32))
        function = module.declare(f"llvm.prefetch.p{pointer.type.space}", kind)
        turn.builder.call(function, [ahead, *(ConstantInt(I32, n) for n in (_READ, _ALL_CACHES, _DATA))])


class _Turn:
    """Values of a loop's next turn, computed at one place of this one."""

    def __init__(self, loop: _Loop, builder: Builder) -> None:
        self.loop, self.builder = loop, builder

    def next(self, value: Value) -> Value | None:
        """The value in the next turn; itself if it does not change with the loop's phis; None if that cannot be computed."""
        if not isinstance(value, Instruction) or value.parent not in self.loop.body:
            return value
        if isinstance(value, Phi) and value.parent is self.loop.head:
            return self._now(next(each for each, block in value.incoming if block is self.loop.latch))
        return self._copied(value, self.next) if not isinstance(value, Phi) else value

    def _now(self, value: Value) -> Value | None:
        """The value in this turn, where it may not be computed yet."""
        if not isinstance(value, Instruction) or value.parent not in self.loop.body:
            return value
        if isinstance(value, Phi):
            return value if value.parent is self.loop.head else None
        return self._copied(value, self._now, always=True)

    def _copied(self, one: Instruction, operand: Callable[[Value], Value | None], always: bool = False) -> Value | None:
        operands = [found for each in one.operands if (found := operand(each)) is not None]
        if len(operands) < len(one.operands):
            return None
        if not always and all(new is old for new, old in zip(operands, one.operands, strict=True)):
            return one
        if one.opcode not in _COPIED:
            return None
        made = copy.copy(one)
        made.name, made.flags, made.operands, made.metadata = None, (), operands, {}
        return self.builder.insert(made)
