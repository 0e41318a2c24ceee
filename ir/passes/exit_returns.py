"""Turns the end of one thread (PTX's `exit`) into returns, down to the kernel's own.

A GPU on which the threads of a wave share a program counter can end a wave, not one of its threads: the thread has to leave through
the kernel's `ret`. Functions that may end the thread get a pointer to a flag, which their callers look at after the call.

    define void @f(i1 %c) { ...                       ->  define void @f(i1 %c, ptr %exited) { ...
      call void @llvm.nvvm.exit()                           store i1 true, ptr %exited
                                                            ret void
    define ptx_kernel void @k() {                     ->  define ptx_kernel void @k() {
      call void @f(i1 %c)                                   %exited = alloca i1
                                                            store i1 false, ptr %exited
                                                            call void @f(i1 %c, ptr %exited)
                                                            %0 = load i1, ptr %exited
                                                            br i1 %0, label %left, label %1       ; left: ret void
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt, Keyword
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.calls import calls_of
from crosswarp.ir.types import I1, PTR, VOID, FunctionType
from crosswarp.ir.uses import parts_of
from crosswarp.ir.values import Value
from crosswarp.support.diagnostics import unsupported

_EXIT = "llvm.nvvm.exit"
_KERNEL = "ptx_kernel"


@dataclass(frozen=True)
class ExitReturns(Pass):
    """No thread ends but by returning from its kernel."""

    name: ClassVar[str] = "exit-returns"
    requires: ClassVar[frozenset[str]] = frozenset({"no-inline-ptx"})
    establishes: ClassVar[frozenset[str]] = frozenset({"no-exits"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Raises `CompileError` for a function that ends the thread and is called through a pointer."""
        exit_ = module.functions.get(_EXIT)
        if exit_ is None:
            return
        calls = _ending_calls(module, exit_)
        _check_addresses(module, [f for f in calls if f is not exit_])
        flags = {f: _flag_of(f) for f in {_function(call) for found in calls.values() for call in found}}
        for callee, found in calls.items():
            for call in found:
                _end_here(call, flags) if callee is exit_ else _look_after(call, flags)
        module.remove(exit_)


def _ending_calls(module: Module, exit_: Function) -> dict[Function, list[Call]]:
    """Each function that may end the thread, `exit` first, with its calls."""
    found: dict[Function, list[Call]] = {}
    new = [exit_]
    while new:
        calls = {f: c for f, c in calls_of(module, new, *(f.name for f in new)).items() if f not in found}
        found |= calls
        callers = {_function(call) for each in calls.values() for call in each}
        new = [f for f in callers if f not in found and f.calling_convention != _KERNEL]
    return found


def _check_addresses(module: Module, functions: list[Function]) -> None:
    wanted = set(functions)
    initial = [v.initializer for v in module.globals.values() if v.initializer is not None] if wanted else []
    taken = {part for value in initial for part in (value, *parts_of(value)) if part in wanted}
    for function in functions:
        for user in module.functions_mentioning(function):
            uses = user.use_map().of(function)
            taken |= {function for use in uses if use.nested or use.index or not isinstance(use.user, Call)}
    if taken:
        name = min(f.name for f in taken if isinstance(f, Function))
        raise unsupported(f"'exit' in the function '{name}', which is called through a pointer", "CW3012")


def _flag_of(function: Function) -> Value:
    """Where the function says that its thread has ended: the kernel's variable, or the parameter that points to it."""
    if function.calling_convention == _KERNEL:
        builder = Builder.at_entry(function)
        flag = builder.alloca(I1, "exited")
        Builder.after(flag).store(ConstantInt(I1, 0), flag)
        return flag
    function.remove_attribute("noreturn", "willreturn", "memory(none)", "memory(read)")
    function.return_attributes = []  # what an ended thread returns is nothing, not even `noundef`
    return function.add_argument(PTR, "exited", ["noundef"])


def _end_here(call: Call, flags: dict[Function, Value]) -> None:
    """`exit` itself: set the flag and return. What stands behind it in the block is never reached."""
    function, block = _function(call), call.parent
    assert block is not None
    block.split_before(call)
    builder = Builder(block)
    builder.store(ConstantInt(I1, 1), flags[function])
    _return(builder, function)
    call.erase()


def _look_after(call: Call, flags: dict[Function, Value]) -> None:
    """A call that may end the thread: hand the flag on, return if it is set."""
    function, block = _function(call), call.parent
    assert block is not None
    flag = flags[function]
    signature = FunctionType(call.type, (*call.function_type.parameters, PTR))
    call.set_call(call.callee, signature, [*call.arguments, flag], [*call.argument_attributes, ["noundef"]])
    call.return_attributes, call.tail = [], ""
    rest = block.split_before(block.instructions[block.instructions.index(call) + 1])
    left = Block("left", function)
    function.blocks.append(left)
    builder = Builder(block)
    builder.cond_br(builder.load(I1, flag), left, rest)
    _return(Builder(left), function)


def _return(builder: Builder, function: Function) -> None:
    kind = function.return_type
    builder.ret(None if kind is VOID else Keyword(kind, "poison"))


def _function(call: Call) -> Function:
    assert call.function is not None
    return call.function
