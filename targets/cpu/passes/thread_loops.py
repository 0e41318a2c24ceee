"""Prepares the body of a kernel whose threads never wait for each other: it is inlined into a loop over the block's threads.

CUDA threads of such a kernel are independent, so the loop may be vectorised: accesses to memory that threads have in
common are marked as one access group, and the loop promises that they do not depend on each other across iterations.
Accesses that may go to private variables get no mark, because inlining makes those variables common to all iterations.

Before: `%x = load float, ptr %p` with `%p` computed from a kernel argument
After:  `%x = load float, ptr %p, !llvm.access.group !7`
"""

from __future__ import annotations

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Load, Store
from crosswarp.ir.module import Module
from crosswarp.ir.values import Metadata
from crosswarp.targets.cpu.passes.pointers import is_common_memory


def mark_parallel_accesses(module: Module, function: Function) -> Metadata:
    """Mark what may run in parallel; returns the access group."""
    group = module.add_metadata("distinct !{}")
    thread = function.arguments[0]
    for instruction in function.instructions():
        if not isinstance(instruction, Load | Store) or instruction.volatile or instruction.ordering:
            continue
        if is_common_memory(instruction.pointer, thread):
            instruction.metadata["llvm.access.group"] = group
    return group
