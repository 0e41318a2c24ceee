"""Turns LLVM's NVVM intrinsics into ordinary functions that a device library defines.

`llvm.nvvm.*` means something to LLVM's NVPTX backend only. The prefix changes, and `immarg`, which only intrinsics may
have, goes; `convergent` and the memory effects stay.

    declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()      ->   declare i32 @__nvvm.read.ptx.sreg.tid.x()
    declare void @llvm.nvvm.cp.async.wait.group(i32 immarg)  ->  declare void @__nvvm.cp.async.wait.group(i32)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass

INTRINSIC_PREFIX = "llvm.nvvm."
LIBRARY_PREFIX = "__nvvm."


@dataclass(frozen=True)
class RenameOperations(Pass):
    """`llvm.nvvm.X` becomes `__nvvm.X`."""

    name: ClassVar[str] = "rename-operations"
    requires: ClassVar[frozenset[str]] = frozenset({"no-reflect"})
    establishes: ClassVar[frozenset[str]] = frozenset({"named-operations"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rename every declaration at once."""
        found = [f for f in module.functions.values() if f.name.startswith(INTRINSIC_PREFIX)]
        for function in found:
            for argument in function.arguments:
                argument.attributes = [a for a in argument.attributes if a != "immarg"]
            # What a call may touch is the library's to say: it may use memory of its own (a block-wide reduction does).
            function.attributes = [a for a in function.attributes if a not in ("nocallback", "speculatable")]
        module.rename_many({f.name: LIBRARY_PREFIX + f.name[len(INTRINSIC_PREFIX):] for f in found})
