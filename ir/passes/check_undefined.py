"""Reports operations and functions that neither the module nor the target's device library defines.

Without this check they end as undefined symbols of the code object, named in a way the user did not write. Declarations
that nothing calls are removed. Variables are left to the emitter: what unoptimised code mentions (`threadIdx`) may not be needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.globals import GlobalValue
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.locations import location_of
from crosswarp.support.diagnostics import CompileError, Diagnostic

CODE = "CW3003"
ELSEWHERE = "define it in this file, or compile every file with -rdc=true so that device code is linked across files"


@dataclass(frozen=True)
class CheckUndefined(Pass):
    """Raises `CompileError` with one diagnostic for each undefined function. `defined` tells what the library has."""

    defined: frozenset[str] = field(default_factory=frozenset)
    allowed: Callable[[str], bool] = lambda name: name.startswith("llvm.")
    name: ClassVar[str] = "check-undefined"
    requires: ClassVar[frozenset[str]] = frozenset({"library-math"})
    establishes: ClassVar[frozenset[str]] = frozenset({"defined"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Look at every declaration; only unknown ones cost a search."""
        unknown = [f for f in module.functions.values()
                   if f.is_declaration and f.name not in self.defined and not self.allowed(f.name)]
        diagnostics = []
        for function in unknown:
            if not _is_used(module, function):
                module.remove(function)
                continue
            diagnostics.append(_undefined(module, function, facts))
        if diagnostics:
            raise CompileError(list({each.message: each for each in diagnostics}.values()))


def _is_used(module: Module, value: GlobalValue) -> bool:
    from crosswarp.ir.uses import is_nested_use

    initializers = [variable.initializer for variable in module.globals.values() if variable.initializer is not None]
    return any(True for _ in module.functions_mentioning(value)) or any(
        initializer is value or is_nested_use(initializer, value) for initializer in initializers)


def _undefined(module: Module, function: Function, facts: TargetFacts) -> Diagnostic:
    calls = module.calls_to(function)
    location = next((found for call in calls if (found := location_of(module, call)) is not None), None)
    caller = _caller(module, function)
    where = f" (called in '{caller}')" if caller is not None and location is None else ""
    name = describe(function.name)
    is_operation = function.name.startswith(("__nvvm.", "__cw."))
    hint = ELSEWHERE if not is_operation else "" if location is not None else "compile with -lineinfo to see the line"
    return Diagnostic("error", f"unsupported: {name} on {facts.arch}{where}", CODE, location, hint)


def _caller(module: Module, function: Function) -> str | None:
    """A kernel from which calls lead to the function, else whatever calls it."""
    seen, work, nearest = {function}, [function], None
    while work:
        callers = [c.function for c in module.calls_to(work.pop(0)) if c.function is not None and c.function not in seen]
        nearest = nearest or next((caller.name for caller in callers), None)
        kernel = next((caller.name for caller in callers if caller.calling_convention.endswith("_kernel")), None)
        if kernel is not None:
            return kernel
        seen.update(callers)
        work += callers
    return nearest


# Operations that stand for a whole feature of CUDA.
_FEATURES = {"__cw.child.": "dynamic parallelism (a kernel launch or runtime call in device code)",
             **dict.fromkeys(("__cw.isspacep.param", "__cw.cvta."), "the address space of kernel parameters")}


def describe(name: str) -> str:
    """The name of an operation in CUDA's or PTX's words."""
    for prefix, feature in _FEATURES.items():
        if name.startswith(prefix):
            return feature
    if name.startswith("__nvvm."):
        return f"the operation '{name[len('__nvvm.'):]}'"
    if name.startswith("__cw."):
        return f"the operation '{name[len('__cw.'):]}'"
    return f"the undefined function '{name}'"
