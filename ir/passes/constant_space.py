"""Moves constants of the generic address space to the target's constant space.

String literals, tables and `__const` initialisers stand in address space 0 in portable IR. On AMD GPUs a load through a generic
pointer must look at run time where it points; LLVM's address-space inference does better once the variable has a space.

    @table = internal constant [4 x i32] [...]
    load i32, ptr @table                        ; a flat load
    ->  @table = internal addrspace(4) constant [4 x i32] [...]
        load i32, ptr addrspacecast (ptr addrspace(4) @table to ptr)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantExpr
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import PTR, PointerType


@dataclass(frozen=True)
class ConstantSpace(Pass):
    """Local constants of address space 0 go to `TargetFacts.kernel_parameter_space`, the constant space; 0 means there is none."""

    name: ClassVar[str] = "constant-space"
    requires: ClassVar[frozenset[str]] = frozenset({"internalised"})
    establishes: ClassVar[frozenset[str]] = frozenset({"spaced-constants"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Change the variables' types, then every use."""
        space = facts.kernel_parameter_space
        if space == 0:
            return
        moving = [v for v in module.globals.values() if v.address_space == 0 and v.is_constant and v.is_local]
        for function in {f for variable in moving for f in module.functions_mentioning(variable)}:
            _ = function.blocks  # text must be read while the variables still have the types that it is written with
        for variable in moving:
            variable.type = PointerType(space)
        module.replace_uses({variable: ConstantExpr("addrspacecast", PTR, [variable]) for variable in moving})
