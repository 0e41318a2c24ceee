"""What LLVM's NVPTX backend wants to see: architecture attributes, and initialisers without circles.

attributes #0 = { "target-cpu"="sm_80" "target-features"="+ptx87,+sm_80" }    ; as the front end was run
->  attributes #0 = { "target-cpu"="sm_52" "target-features"="+ptx80,+sm_52" "nvvm.maxnreg"="32" }
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.uses import parts_of
from crosswarp.support.diagnostics import unsupported


@dataclass(frozen=True)
class PtxAttributes(Pass):
    """Sets architecture and features of every definition; `max_registers` is `-maxrregcount`."""

    target_features: str
    max_registers: int | None = None
    name: ClassVar[str] = "ptx-attributes"
    requires: ClassVar[frozenset[str]] = frozenset({"target-kernels"})
    establishes: ClassVar[frozenset[str]] = frozenset({"target-attributes"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Launch bounds stay: the backend knows them under the names that clang gives."""
        for function in module.functions.values():
            function.remove_attribute("target-cpu", "target-features", "frame-pointer")
            if function.is_declaration:
                continue
            function.set_attribute("target-cpu", facts.arch)
            function.set_attribute("target-features", self.target_features)
            is_kernel = function.calling_convention == facts.kernel_calling_convention
            if self.max_registers is not None and is_kernel and function.attribute("nvvm.minctasm") is None:
                function.set_attribute("nvvm.maxnreg", str(self.max_registers))


@dataclass(frozen=True)
class RefuseCircularInitializers(Pass):
    """PTX has no way to write two variables that point to each other, and LLVM's printer ends the process on them."""

    name: ClassVar[str] = "refuse-circular-initializers"
    establishes: ClassVar[frozenset[str]] = frozenset({"printable-variables"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Raises `CompileError` naming the variables of a circle."""
        finished: set[str] = set()
        for variable in module.globals.values():
            _walk(variable, [], finished)


def _walk(variable: GlobalVariable, path: list[str], finished: set[str]) -> None:
    if variable.name in path:
        circle = ", ".join(f"'{name}'" for name in path[path.index(variable.name):])
        raise unsupported(f"device variables whose initialisers point to each other: {circle}", "CW3101",
                          hint="set one of the pointers at run time")
    if variable.name in finished or variable.initializer is None:
        return
    parts = [variable.initializer, *parts_of(variable.initializer)]
    for name, found in {p.name: p for p in parts if isinstance(p, GlobalVariable)}.items():
        if name != variable.name:
            _walk(found, [*path, variable.name], finished)
    finished.add(variable.name)
