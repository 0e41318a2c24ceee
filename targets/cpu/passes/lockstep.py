"""Keeps warps together around volatile stores to shared memory.

Programs written before independent thread scheduling reduce within a warp through `volatile` shared memory and no
`__syncwarp`: they count on a warp's lanes to load before any of them stores, and to store before any of them loads again.
GPUs still run such code that way. Here lanes run one after the other, so each such store waits, before and after it, until
no other lane of the warp can go on; a lane that is alone goes on at once, so nothing can be blocked by this.

Before: `store volatile float %v, ptr addrspacecast (ptr addrspace(3) @sums to ptr)`
After:  the same between two `call void @__cwcpu.set_event(ptr %thread, i32 5)`, `call void @__cwcpu.suspend()`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.instructions import Alloca, Load, Store
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.values import Argument, Value
from crosswarp.targets.cpu.operations import EVENT_CONVERGED
from crosswarp.targets.cpu.passes.force_inline import is_kernel
from crosswarp.targets.cpu.passes.pointers import SHARED_SPACE, comes_from_parameter, roots
from crosswarp.targets.cpu.passes.suspension import suspend_before


@dataclass(frozen=True)
class Lockstep(Pass):
    """A volatile store that may be to shared memory waits for the warp, before and after it."""

    name: ClassVar[str] = "lockstep"
    establishes: ClassVar[frozenset[str]] = frozenset({"lockstep"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Insert the waits. A volatile store through a kernel's pointer argument goes to global memory and needs none."""
        for function in module.definitions():
            if is_kernel(function):
                _insert_waits(module, function)


def _insert_waits(module: Module, function: Function) -> None:
    for instruction in function.instructions():
        if isinstance(instruction, Store) and instruction.volatile and _may_be_shared(instruction):
            block = instruction.parent
            assert block is not None
            following = block.instructions[block.instructions.index(instruction) + 1]
            suspend_before(module, instruction, EVENT_CONVERGED)
            suspend_before(module, following, EVENT_CONVERGED)


def _may_be_shared(store: Store) -> bool:
    found = roots(store.pointer)
    return not found or not all(map(_is_elsewhere, found))


def _is_elsewhere(root: Value) -> bool:
    if isinstance(root, Load):
        return comes_from_parameter(root, "byval")
    return isinstance(root, Argument | Alloca) or (isinstance(root, GlobalVariable) and root.address_space != SHARED_SPACE)
