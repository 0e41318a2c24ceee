"""Passes the context of the running thread, a hidden first argument, to every device function that may need it.

Functions that are called through pointers all take it, so that an indirect call need not know its callee.

Before: `define i32 @f(i32 %x) { %c = call ptr @__cwcpu.context() ... }`, `call i32 %pointer(i32 1)`
After:  `define i32 @f(ptr %cw.thread, i32 %x) { ... }` with `%cw.thread` for `%c`, `call i32 %pointer(ptr %cw.thread, i32 1)`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import PTR, FunctionType
from crosswarp.ir.values import Argument, Value
from crosswarp.support.diagnostics import unsupported
from crosswarp.targets.cpu.operations import CONTEXT, SUSPEND
from crosswarp.targets.cpu.passes.force_inline import is_kernel
from crosswarp.targets.cpu.passes.references import CallGraph, globals_in, is_indirect
from crosswarp.targets.cpu.passes.substitution import substitute

THREAD = "cw.thread"
# Attributes that count arguments, or that no longer hold when thread facts are read from memory.
_OUTDATED = ("allocsize", "memory", "readnone", "readonly", "speculatable")


@dataclass(frozen=True)
class ThreadContext(Pass):
    """Functions that may need it take the context, first of all arguments."""

    name: ClassVar[str] = "thread-context"
    requires: ClassVar[frozenset[str]] = frozenset({"no-operation-addresses", "no-variadics"})
    establishes: ClassVar[frozenset[str]] = frozenset({"thread-context"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Add the argument to kernels and to functions that need it, and replace the marker. Every body is read."""
        graph = CallGraph(module)
        _reject_pointers_to_operations(module, graph)
        own = {name for name in graph.callees if _needs_context(module, name, graph)}
        needing = {name for name in graph.reaching(own | graph.taken) if name in graph.callees}
        needing |= {name for name in graph.callees if is_kernel(module.functions[name])}
        for name in needing:
            module.functions[name].attributes = _still_true(module.functions[name].attributes)
            module.functions[name].add_argument(PTR, THREAD, ["noundef", "nonnull"], index=0)
        for name in graph.callees:
            _pass_context(module.functions[name], needing)


def _needs_context(module: Module, name: str, graph: CallGraph) -> bool:
    function = module.functions[name]
    if name in graph.indirect or graph.callees[name] & {CONTEXT, SUSPEND}:
        return True
    return any(g.address_space == 3 for i in function.instructions() for operand in i.operands for g in globals_in(operand))


def _reject_pointers_to_operations(module: Module, graph: CallGraph) -> None:
    for name in sorted(graph.taken):
        if module.functions[name].is_declaration and not name.startswith("llvm."):
            raise unsupported(f"pointer to the built-in function '{name}' on the CPU", "CW3002",
                              hint="take the address of a __device__ function that calls it")  # fmt: skip


def _pass_context(function: Function, needing: set[str]) -> None:
    thread = function.arguments[0] if function.name in needing else None
    markers: dict[int, Value] = {}
    for instruction in function.instructions():
        if not isinstance(instruction, Call):
            continue
        if instruction.callee_name == CONTEXT:
            assert thread is not None
            markers[id(instruction)] = thread
        elif instruction.callee_name in needing or is_indirect(instruction):
            assert thread is not None
            prepend_argument(instruction, thread)
    substitute(function, markers)


def prepend_argument(call: Call, thread: Argument) -> None:
    """Pass `thread` in front of the other arguments."""
    old = call.function_type
    kind = FunctionType(old.result, (PTR, *old.parameters), old.vararg)
    call.attributes = _still_true(call.attributes)
    call.set_call(call.callee, kind, [thread, *call.arguments], [["noundef"], *call.argument_attributes])


def _still_true(attributes: list[str]) -> list[str]:
    return [text for text in attributes if not text.startswith(_OUTDATED)]
