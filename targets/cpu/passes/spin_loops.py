"""Finds loops in which a thread waits for another thread through memory, and lets the other thread run there.

CUDA guarantees that each thread of a block makes progress; coroutines run one at a time, so a thread that spins must give
way. A loop waits when a value that only another thread can change decides a branch in it:
  * a volatile or atomic load, or a load that bypasses the caches;
  * an atomic exchange, or a compare-and-swap whose expected value and address do not change in the loop (a lock);
  * another atomic that may leave memory as it was (`atomicOr`, `atomicAdd(p, 0)`).
A compare-and-swap loop that retries with the value it has just seen always succeeds at last and is not a wait.

Before: `loop: %o = call i32 @__cw.atom.cas.relaxed.gpu.i32(ptr %lock, i32 0, i32 1)`, a branch on `%o` back to `loop`
After:  the same, with `call void @__cwcpu.set_event(ptr %thread, i32 4)`, `call void @__cwcpu.suspend()` in front of the call
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import AtomicRMW, Call, CmpXchg, Instruction, Load
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.operations import EVENT_YIELDED
from crosswarp.targets.cpu.passes.cfg import cycles
from crosswarp.targets.cpu.passes.force_inline import is_kernel
from crosswarp.targets.cpu.passes.suspension import suspend_before

_WAITING_LOADS = ("__cw.ld.cv.", "__cw.ld.cg.", "__cw.atom.load.")
_ALWAYS_CHANGING = frozenset({"inc", "dec", "uinc_wrap", "udec_wrap"})


@dataclass(frozen=True)
class SpinLoops(Pass):
    """A kernel's thread gives way in front of each read that a loop waits on."""

    name: ClassVar[str] = "spin-loops"
    establishes: ClassVar[frozenset[str]] = frozenset({"fair-loops"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Suspend before the reads, in kernels: functions that wait have become part of them, unless they call themselves."""
        for function in module.definitions():
            if is_kernel(function):
                for wait in find_waits(function):
                    suspend_before(module, wait, EVENT_YIELDED)


def find_waits(function: Function) -> list[Instruction]:
    """The reads on which a loop of `function` waits."""
    found: list[Instruction] = []
    for cycle in cycles(function):
        candidates = [i for block in cycle for i in block.instructions if _may_wait(i, cycle)]
        if candidates:
            users = _users(cycle)
            found += [i for i in candidates if all(i is not other for other in found) and _decides_a_branch(i, users)]
    return found


def _may_wait(instruction: Instruction, cycle: set[Block]) -> bool:
    if isinstance(instruction, Load):
        return instruction.volatile or bool(instruction.ordering)
    if isinstance(instruction, CmpXchg):
        return _is_invariant(instruction.operands[:2], cycle)
    if isinstance(instruction, AtomicRMW):
        return _may_keep(instruction.operation, instruction.value)
    if not isinstance(instruction, Call) or instruction.callee_name is None:
        return False
    return _operation_may_wait(instruction, instruction.callee_name, cycle)


def _operation_may_wait(call: Call, name: str, cycle: set[Block]) -> bool:
    if name.startswith(_WAITING_LOADS):
        return True
    if not name.startswith("__cw.atom.") or name.startswith("__cw.atom.store."):
        return False
    operation = name.split(".")[2]
    if operation == "cas":
        return _is_invariant(call.arguments[:2], cycle)
    return _may_keep(operation, call.arguments[1])


def _may_keep(operation: str, value: Value) -> bool:
    """Whether the atomic may leave memory as it was, time after time."""
    if operation in ("add", "sub"):
        return isinstance(value, ConstantInt) and value.value == 0
    return operation not in _ALWAYS_CHANGING and operation not in ("fadd", "fsub")


def _is_invariant(values: list[Value], cycle: set[Block]) -> bool:
    return not any(isinstance(value, Instruction) and value.parent in cycle for value in values)


def _users(cycle: set[Block]) -> dict[int, list[Instruction]]:
    """Instructions of the cycle by the identity of the values they use."""
    users: dict[int, list[Instruction]] = {}
    for block in cycle:
        for instruction in block.instructions:
            for operand in instruction.operands:
                users.setdefault(id(operand), []).append(instruction)
    return users


def _decides_a_branch(read: Instruction, users: dict[int, list[Instruction]]) -> bool:
    return any(user.is_terminator for user in _dependents(read, users))


def _dependents(value: Instruction, users: dict[int, list[Instruction]]) -> Iterator[Instruction]:
    seen: set[int] = set()
    work = [value]
    while work:
        for user in users.get(id(work.pop()), ()):
            if id(user) not in seen:
                seen.add(id(user))
                work.append(user)
                yield user
