"""Gives the CUDA device runtime's functions the names of our services.

clang lowers `printf` to `vprintf(format, packed arguments)` and `__trap` to `llvm.trap`; headers emit `__assertfail`. On
NVIDIA GPUs the driver supplies them. Elsewhere the device library does, under names that no C library rule applies to
(LLVM knows what `malloc` and `free` mean). A call of a pure virtual function ends the launch.

    call i32 @vprintf(ptr %f, ptr %a)                           ->  call i32 @__cw.printf(ptr %f, ptr %a)
    call void @__assertfail(ptr %e, ptr %f, i32 7, ptr %n, i64 1)  ->  call void @__cw.assert(ptr %e, ptr %f, i32 7, ptr %n)
    call void @llvm.trap()                                      ->  call void @__cw.trap()
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import I32, I64, PTR, VOID, FunctionType

_NORETURN = ("noreturn", "nounwind")
_SIGNATURES: dict[str, tuple[FunctionType, tuple[str, ...]]] = {
    "__cw.printf": (FunctionType(I32, (PTR, PTR)), ("nounwind",)),
    "__cw.assert": (FunctionType(VOID, (PTR, PTR, I32, PTR)), _NORETURN),
    "__cw.trap": (FunctionType(VOID, ()), _NORETURN),
    "__cw.brkpt": (FunctionType(VOID, ()), ("nounwind",)),
    "__cw.malloc": (FunctionType(PTR, (I64,)), ("nounwind",)),
    "__cw.free": (FunctionType(VOID, (PTR,)), ("nounwind",)),
}
_RENAMED = {"vprintf": "__cw.printf", "__assertfail": "__cw.assert", "__assert_fail": "__cw.assert", "llvm.trap": "__cw.trap",
            "__cxa_pure_virtual": "__cw.trap",
            "__cxa_deleted_virtual": "__cw.trap", "llvm.debugtrap": "__cw.brkpt", "malloc": "__cw.malloc", "free": "__cw.free"}


@dataclass(frozen=True)
class RenameServices(Pass):
    """printf, assert, trap and the heap become `__cw.*`."""

    name: ClassVar[str] = "rename-services"
    establishes: ClassVar[frozenset[str]] = frozenset({"named-services"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace each declared service. A function of such a name that the user defines is the user's own."""
        for old_name, new_name in _RENAMED.items():
            old = module.functions.get(old_name)
            if old is not None and old.is_declaration:
                _replace(module, old, new_name)


def _replace(module: Module, old: Function, new_name: str) -> None:
    signature, attributes = _SIGNATURES[new_name]
    if module.get(new_name) is None and old.function_type is signature:
        module.rename(old, new_name)
        old.attributes = list(attributes)
        return
    new = module.declare(new_name, signature, attributes)
    count = len(signature.parameters)
    for call in module.calls_to(old):
        call.set_call(new, signature, call.arguments[:count], call.argument_attributes[:count])
    module.replace_all_uses(old, new)
    module.remove(old)
