"""Lets kernels prepare for barriers that a number of the block's threads meet at (PTX's `barrier.sync id, count`).

A GPU whose hardware has one barrier for all threads of a block keeps such barriers in shared memory, which is not zero when a
kernel begins.

Before: `define ptx_kernel void @k() { call void @llvm.nvvm.barrier.cta.sync.aligned.count(i32 1, i32 64) ... }`
After:  the same with `call void @__cw.barrier.prepare()` in front, in every kernel of the module
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import VOID, FunctionType

_COUNTED = re.compile(r"llvm\.nvvm\.barrier\.cta\.(sync|arrive)(\.aligned)?\.count")
_KERNEL = "ptx_kernel"


@dataclass(frozen=True)
class CountedBarriers(Pass):
    """Two warps in one wave cannot wait for each other: there the device library has no such barriers, and nothing is prepared."""

    name: ClassVar[str] = "counted-barriers"
    requires: ClassVar[frozenset[str]] = frozenset({"no-inline-ptx"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Add the calls where the module has such barriers."""
        if facts.wave_size != facts.warp_size or not any(map(_COUNTED.fullmatch, module.functions)):
            return
        prepare = module.declare("__cw.barrier.prepare", FunctionType(VOID, ()), ("convergent", "nounwind"))
        for function in module.definitions():
            if function.calling_convention == _KERNEL:
                Builder.at_entry(function).call(prepare, [])
