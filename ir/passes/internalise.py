"""Hides what the host cannot name, so that LLVM may inline, specialise and drop it.

Kernels and the variables the host can look up stay visible, `protected`: nothing can replace them at load time, and no
global offset table is needed to reach them.

    define linkonce_odr float @f(...) comdat        ->   define internal float @f(...)
    define dso_local amdgpu_kernel void @k(...)     ->   define protected amdgpu_kernel void @k(...)
    @v = addrspace(1) externally_initialized global ->   @v = protected addrspace(1) externally_initialized global
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.globals import Alias, GlobalObject, GlobalVariable
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.names import EXACT


@dataclass(frozen=True)
class Internalise(Pass):
    """Everything but kernels and host-visible variables becomes internal. `visibility` is what the others get.

    `keeps_functions`: functions of external linkage stay, too (`-keep-device-functions`).
    """

    visibility: str = "protected"
    keeps_functions: bool = False
    name: ClassVar[str] = "internalise"
    requires: ClassVar[frozenset[str]] = frozenset({"target-kernels"})
    establishes: ClassVar[frozenset[str]] = frozenset({"internalised"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Set linkage and visibility of every definition."""
        values: list[GlobalObject | Alias] = [*module.functions.values(), *module.globals.values(), *module.aliases.values()]
        for value in values:
            if _is_declaration(value) or value.name.startswith(("llvm.", EXACT)):
                continue
            if isinstance(value, GlobalObject):
                value.comdat = None
            if self.keeps_functions and isinstance(value, Function) and value.linkage in ("", "external"):
                continue
            if _host_visible(value, facts):
                _expose(value, self.visibility)
            elif not value.is_local:
                value.linkage, value.visibility, value.dso_local = "internal", "", ""
        module.comdats.clear()


def _is_declaration(value: GlobalObject | Alias) -> bool:
    return isinstance(value, Function | GlobalVariable) and value.is_declaration


def _host_visible(value: GlobalObject | Alias, facts: TargetFacts) -> bool:
    if isinstance(value, Function):
        return value.calling_convention == facts.kernel_calling_convention and not value.is_local
    return isinstance(value, GlobalVariable) and value.externally_initialized and not value.is_local


def _expose(value: GlobalObject | Alias, visibility: str) -> None:
    value.visibility, value.dso_local = visibility, ""
    if value.linkage in ("linkonce", "linkonce_odr", "available_externally"):
        value.linkage = "weak_odr"
