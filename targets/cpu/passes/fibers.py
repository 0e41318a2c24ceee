"""Kernels whose threads suspend inside functions that cannot be inlined: each thread runs on a stack of its own.

Before: `define void @k(ptr %cw.thread, i32 %n)`, `call void @__cwcpu.suspend()` in it and in the functions it calls
After:  `define void @k(ptr %cw.thread)` that loads its parameters, `call void @__cwcpu.fiber_suspend(ptr %cw.thread)`
"""

from __future__ import annotations

from collections.abc import Sequence

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Alloca, Branch, Call
from crosswarp.ir.module import Module
from crosswarp.ir.types import PTR, VOID, FunctionType
from crosswarp.targets.cpu.operations import FIBER_SUSPEND, PARAMS, SUSPEND
from crosswarp.targets.cpu.passes.kernel_parameters import KernelParameter, load_parameters


def make_fiber(module: Module, function: Function, parameters: Sequence[KernelParameter]) -> None:
    """Let the kernel `function` (context argument first) load its parameters itself."""
    body, values = function.entry, function.arguments[1:]
    entry = function.add_block("cw.entry", before=body)
    for alloca in [i for i in body.instructions if isinstance(i, Alloca) and isinstance(i.count, ConstantInt | None)]:
        body.instructions.remove(alloca)
        entry.append(alloca)
    accessor = module.declare(PARAMS, FunctionType(PTR, (PTR,)))
    buffer = entry.append(Call(accessor.function_type, accessor, [function.arguments[0]]))
    load_parameters(module, entry, buffer, list(zip(parameters, values, strict=True)))
    entry.append(Branch([body]))
    function.arguments = [function.arguments[0]]


def suspend_fibers(module: Module) -> None:
    """Every suspension that is left (coroutines have replaced theirs) switches stacks."""
    marker = module.functions.get(SUSPEND)
    if marker is None:
        return
    kind = FunctionType(VOID, (PTR,))
    for call in module.calls_to(marker):
        assert call.function is not None
        call.set_call(module.declare(FIBER_SUSPEND, kind), kind, [call.function.arguments[0]])
