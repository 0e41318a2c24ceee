"""Keeps warps together in kernels that talk through shared memory without `__syncwarp`.

Such programs were written for warps that run in lockstep and given masks later (`__ballot` became `__ballot_sync`): a lane reads
what another lane has stored just before, which GPUs still make true. Here lanes run one after the other. In a kernel that votes or
shuffles and has no `__syncwarp`, a load of shared memory waits for the warp where a store may have come before it since the last
suspension, and a store where a load may have; in every kernel a volatile load does. A lane that is alone goes on at once, so
nothing can be blocked by this.

Before: `store i32 %v, ptr addrspace(3) %mine`, `%x = load i32, ptr addrspace(3) %theirs`
After:  between the two, `call void @__cwcpu.set_event(ptr %thread, i32 5)`, `call void @__cwcpu.suspend()`
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Instruction, Load, Store
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import IntType
from crosswarp.targets.cpu.operations import EVENT_CONVERGED, SUSPEND
from crosswarp.targets.cpu.passes.force_inline import is_kernel
from crosswarp.targets.cpu.passes.pointers import SHARED_SPACE, is_shared_memory
from crosswarp.targets.cpu.passes.references import CallGraph, mentioned_names
from crosswarp.targets.cpu.passes.suspension import suspend_before

_OPERATIONS = ("__nvvm.vote.", "__nvvm.shfl.sync", "__nvvm.match.", "__nvvm.redux.sync")
_WARP_BARRIER = "__nvvm.bar.warp.sync"
_SMALL_COPY = 64  # bytes
_LOADED, _STORED = "loaded", "stored"


def warp_synchronous(module: Module, graph: CallGraph) -> frozenset[str]:
    """Kernels that reach a warp operation and shared memory and no `__syncwarp`. Asked before the operations are inlined."""
    operations = [name for name in module.functions if name.startswith(_OPERATIONS)]
    found = graph.reaching(operations) - graph.reaching([_WARP_BARRIER])
    kernels = [name for name in found & graph.callees.keys() if is_kernel(module.functions[name])]
    return frozenset(name for name in kernels if _is_shared_used(module, graph, name))


def _is_shared_used(module: Module, graph: CallGraph, kernel: str) -> bool:
    reached = [module.functions[name] for name in graph.reachable(kernel) & graph.callees.keys()]
    mentioned = {name for function in reached for name in mentioned_names(module, function)}
    return any(name in module.globals and module.globals[name].address_space == SHARED_SPACE for name in mentioned)


@dataclass(frozen=True)
class WarpSynchronous(Pass):
    """Accesses to shared memory that depend on the order of a warp's lanes wait for the warp: all in the kernels named."""

    kernels: frozenset[str]
    name: ClassVar[str] = "warp-synchronous"
    establishes: ClassVar[frozenset[str]] = frozenset({"warp-synchronous"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Insert the waits."""
        for function in module.definitions():
            if is_kernel(function):
                _split_copies(function)
                for access in _waiting_accesses(function, function.name in self.kernels):
                    suspend_before(module, access, EVENT_CONVERGED)


def _split_copies(function: Function) -> None:
    """Copies of small structures from or to shared memory become a load and a store: between the two, others may have to load."""
    for call in list(function.instructions()):
        if not isinstance(call, Call) or not (call.callee_name or "").startswith("llvm.memcpy."):
            continue
        target, source, size = call.arguments[:3]
        is_small = isinstance(size, ConstantInt) and 0 < size.value <= _SMALL_COPY
        if is_small and (is_shared_memory(target) or is_shared_memory(source)):
            assert call.parent is not None and isinstance(size, ConstantInt)
            value = Load(IntType(8 * size.value), source, align=1)
            call.parent.insert_before(value, call)
            call.parent.insert_before(Store(value, target, align=1), call)
            call.erase()


def _waiting_accesses(function: Function, every: bool) -> list[Instruction]:
    """What must wait. What may have happened on the way to a block only grows, so this ends."""
    accesses = {block: list(_accesses(block)) for block in function.blocks}
    before: dict[Block, frozenset[str]] = {block: frozenset() for block in function.blocks}
    work = list(function.blocks)
    while work:
        block = work.pop()
        after, _ = _walk(accesses[block], before[block], every)
        for successor in block.successors():
            if not after <= before[successor]:
                before[successor] |= after
                work.append(successor)
    return [access for block in function.blocks for access in _walk(accesses[block], before[block], every)[1]]


def _accesses(block: Block) -> Iterator[Instruction]:
    for instruction in block.instructions:
        is_access = isinstance(instruction, Load | Store) and is_shared_memory(instruction.pointer)
        if is_access or _is_suspension(instruction):
            yield instruction


def _is_suspension(instruction: Instruction) -> bool:
    return isinstance(instruction, Call) and instruction.callee_name == SUSPEND


def _walk(accesses: list[Instruction], before: frozenset[str], every: bool) -> tuple[frozenset[str], list[Instruction]]:
    """What has happened since the last suspension at the end of a block, and the accesses in it that must wait."""
    happened = before
    waiting: list[Instruction] = []
    for access in accesses:
        if not isinstance(access, Load | Store) or (isinstance(access, Store) and access.volatile):
            happened = frozenset()  # a volatile store waits by itself (lockstep.py)
            continue
        kind, other = (_LOADED, _STORED) if isinstance(access, Load) else (_STORED, _LOADED)
        if other in happened and (every or access.volatile):
            waiting.append(access)
            happened = frozenset()
        happened |= {kind}
    return happened, waiting
