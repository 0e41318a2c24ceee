"""Prepares the body of a kernel whose threads never wait for each other: it is inlined into a loop over the block's threads.

CUDA threads of such a kernel are independent, so the loop may be vectorised: accesses to global memory are marked as one
access group, and the loop promises that they do not depend on each other across iterations. No mark is given to accesses
  * that may go to private variables, because inlining makes those variables common to all iterations;
  * to shared memory, because atomics on it are plain loads and stores by now, which do depend on those of other threads;
  * that are volatile or atomic.
Loads from a struct parameter are marked as invariant, so that a pointer in it is loaded once and not once a thread.
`__restrict__` goes where the kernel has no loop: inlining would make it a call that LLVM takes for an access without a mark.
A thread's own accesses keep their order: the promise is about different iterations only (`emit.py` has what LLVM needs for that).

Before: `%x = load float, ptr %p` with `%p` computed from a kernel argument
After:  `%x = load float, ptr %p, !llvm.access.group !7`
"""

from __future__ import annotations

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Load, Store
from crosswarp.ir.module import Module
from crosswarp.ir.values import Metadata
from crosswarp.targets.cpu.passes.cfg import cycles
from crosswarp.targets.cpu.passes.pointers import comes_from_parameter, is_global_memory


def mark_parallel_accesses(module: Module, function: Function) -> Metadata:
    """Mark what may run in parallel; returns the access group."""
    group, invariant = module.add_metadata("distinct !{}"), module.add_metadata("!{}")
    thread = function.arguments[0]
    if not list(cycles(function)):
        for argument in function.arguments:
            argument.attributes = [text for text in argument.attributes if text != "noalias"]
    for instruction in function.instructions():
        if not isinstance(instruction, Load | Store) or instruction.volatile or instruction.ordering:
            continue
        if is_global_memory(instruction.pointer, thread):
            instruction.metadata["llvm.access.group"] = group
            if isinstance(instruction, Load) and comes_from_parameter(instruction, "readonly"):
                instruction.metadata["invariant.load"] = invariant
    return group
