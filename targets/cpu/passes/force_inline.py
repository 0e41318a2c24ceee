"""Chooses what is inlined into kernels before coroutines are formed.

A coroutine can suspend only in its own body: every function that may suspend, or may wait for another thread in a loop,
must become part of the kernel; the loop may be in one function and what it waits for in another. So must all that is called by a
kernel that counts on lockstep (warp_synchronous.py). Small functions follow, so that later passes see more. Functions that cannot
be inlined (they call themselves, or are called through a pointer) stay; kernels that may suspend in one of those run each thread
on a stack of its own (a fiber).

Before: `define i32 @f() noinline { ... call void @__nvvm.barrier... }`
After:  `define internal i32 @f() alwaysinline { ... }`
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.tiles.names import EXACT
from crosswarp.targets.cpu.operations import is_scheduled
from crosswarp.targets.cpu.passes.cfg import components
from crosswarp.targets.cpu.passes.references import CallGraph, called_names, mentioned_names

KERNEL_CONVENTION = "ptx_kernel"
# What a thread may spin on; `passes/spin_loops.py` decides once the code is in SSA form.
_WAITING_TEXT = re.compile(r"\bload (?:atomic |volatile )|\bcmpxchg |\batomicrmw (?:volatile )?xchg ")
_SMALL_BODY = 3000  # characters of LLVM text: some 40 instructions
_WAITING_NAMES = ("__cw.atom.cas.", "__cw.atom.exch.", "__cw.atom.load.", "__cw.ld.cv.", "__cw.ld.cg.")


def is_kernel(function: Function) -> bool:
    """Whether this is a kernel's definition."""
    return function.calling_convention == KERNEL_CONVENTION and not function.is_declaration


def force_inline(module: Module, graph: CallGraph, synchronous: Iterable[str]) -> set[str]:
    """Mark functions, make all but kernels internal, and return the names of kernels that need fibers.

    `graph` is the module's; `synchronous`: kernels whose accesses to shared memory may suspend.
    """
    scheduled = graph.reaching(name for name in module.functions if is_scheduled(name))
    recursive = graph.recursive()
    stuck = scheduled & (recursive | graph.taken)
    small = _small_functions(module, graph, recursive)
    fibers = graph.reaching(stuck)
    waiting = graph.reaching(name for name, function in module.functions.items() if _may_wait(module, function)) - recursive
    waiting |= {name for kernel in synchronous for name in graph.reachable(kernel)} - recursive - graph.taken
    for name, function in module.functions.items():
        if function.is_declaration:
            continue
        function.remove_attribute("convergent")
        function.linkage, function.comdat, function.visibility, function.dso_local = "internal", None, "", ""
        if name.startswith(EXACT):
            function.linkage = ""  # nothing calls it yet
        if is_kernel(function):
            function.linkage = ""  # LLVM drops templates' kernels, which nothing calls, under their own linkage
            function.remove_attribute("noinline", "optnone")
            continue
        if name not in stuck and (name in scheduled or name in waiting):
            function.remove_attribute("noinline", "optnone")
            function.set_attribute("alwaysinline")
        elif name in small:
            function.set_attribute("alwaysinline")
    return {name for name in fibers if name in module.functions and is_kernel(module.functions[name])}


def _small_functions(module: Module, graph: CallGraph, recursive: set[str]) -> set[str]:
    """Functions that stay small with the small functions they call inlined: the text cannot grow without bound."""
    edges = {name: [callee for callee in callees if callee in graph.callees] for name, callees in graph.callees.items()}
    sizes: dict[str, int] = {}
    for component in components(edges):  # callees first
        for name in component - recursive:
            function = module.functions[name]
            size = len(function.body_text or "") + sum(sizes.get(callee, 0) for callee in called_names(module, function))
            if size < _SMALL_BODY and not is_kernel(function) and not function.has_attribute("noinline"):
                sizes[name] = size
    return sizes.keys() & graph.callees.keys()


def _may_wait(module: Module, function: Function) -> bool:
    if function.is_declaration:
        return False
    if function.body_text is not None and _WAITING_TEXT.search(function.body_text):
        return True
    return any(name.startswith(_WAITING_NAMES) for name in mentioned_names(module, function))
