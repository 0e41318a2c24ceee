"""Makes functions of their own for operations whose address is taken.

Every function behind a pointer takes the thread's context as a hidden argument; an operation of the device library does
not. A pure virtual function that is called ends the launch.

Before: `@table = global [1 x ptr] [ptr @__cw.math.sin.f32]`
After:  `@table = global [1 x ptr] [ptr @__cw.math.sin.f32.address]`,
        `define internal float @__cw.math.sin.f32.address(float %0)` that calls the operation
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import VOID, FunctionType
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.passes.references import address_taken

_NEVER_CALLED = ("__cxa_pure_virtual", "__cxa_deleted_virtual")


@dataclass(frozen=True)
class OperationAddresses(Pass):
    """Pointers to operations become pointers to functions of the module that call them."""

    name: ClassVar[str] = "operation-addresses"
    requires: ClassVar[frozenset[str]] = frozenset({"named-operations"})
    establishes: ClassVar[frozenset[str]] = frozenset({"no-operation-addresses"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace all uses but calls."""
        for name in sorted(address_taken(module)):
            function = module.functions[name]
            if not function.is_declaration or name.startswith("llvm."):
                continue
            calls = module.calls_to(function)
            module.replace_all_uses(function, module.add_function(_wrapper(module, function)))
            for call in calls:
                call.callee = function


def _wrapper(module: Module, function: Function) -> Function:
    wrapper = Function(module.fresh_name(f"{function.name}.address"), function.function_type)
    wrapper.linkage = "internal"
    block = wrapper.add_block("entry")
    if function.name in _NEVER_CALLED:
        trap = module.declare("__cw.trap", FunctionType(VOID, ()))
        block.append(Call(trap.function_type, trap, []))
        block.append(Instruction("unreachable", VOID, []))
        return wrapper
    arguments: list[Value] = list(wrapper.arguments)
    call = block.append(Call(function.function_type, function, arguments))
    block.append(Instruction("ret", VOID, [] if function.return_type is VOID else [call]))
    return wrapper
