"""Lets kernels prepare for barriers that a number of the block's threads meet at (PTX's `barrier.sync id, count`).

A GPU whose hardware has one barrier for all threads of a block keeps such barriers in shared memory, which is not zero when a
kernel begins.

Before: `define ptx_kernel void @k() { call void @llvm.nvvm.barrier.cta.sync.aligned.count(i32 1, i32 64) ... }`
After:  the same with `call void @__cw.barrier.prepare()` in front, in every kernel of the module

Where threads arrive at such barriers without waiting, barriers of all threads with a number other than 0 are counted as well: the
hardware's would wait for those that have only arrived.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.calls import calls_of
from crosswarp.ir.types import I32, VOID, FunctionType

_COUNTED = re.compile(r"llvm\.nvvm\.barrier\.cta\.(sync|arrive)(\.aligned)?\.count")
_KERNEL = "ptx_kernel"
_ARRIVE, _SYNC = "llvm.nvvm.barrier.cta.arrive", "llvm.nvvm.barrier.cta.sync"
_SIZES = tuple(f"llvm.nvvm.read.ptx.sreg.ntid.{axis}" for axis in "xyz")


@dataclass(frozen=True)
class CountedBarriers(Pass):
    """Two warps in one wave cannot wait for each other: there the device library has no such barriers, and nothing is prepared."""

    name: ClassVar[str] = "counted-barriers"
    requires: ClassVar[frozenset[str]] = frozenset({"no-inline-ptx"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Add the calls where the module has such barriers."""
        if facts.wave_size != facts.warp_size or not any(map(_COUNTED.fullmatch, module.functions)):
            return
        if any(name.startswith(_ARRIVE) for name in module.functions):
            _count_all(module)
        prepare = module.declare("__cw.barrier.prepare", FunctionType(VOID, ()), ("convergent", "nounwind"))
        for function in module.definitions():
            if function.calling_convention == _KERNEL:
                Builder.at_entry(function).call(prepare, [])


def _count_all(module: Module) -> None:
    """`sync.all(id)` becomes `sync.count(id, threads of the block)`, but for barrier 0."""
    every = [f for f in module.functions.values() if f.name.startswith(_SYNC) and f.name.endswith(".all")]
    for function, calls in calls_of(module, every, _SYNC).items():
        signature = FunctionType(VOID, (I32, I32))
        counted = module.declare(function.name.removesuffix("all") + "count", signature, ("convergent", "nounwind"))
        for call in calls:
            number = call.arguments[0]
            if isinstance(number, ConstantInt) and number.value == 0:
                continue
            assert call.parent is not None
            builder = Builder(call.parent, call)
            x, y, z = (builder.call(module.declare(name, FunctionType(I32, ()), ("nounwind",)), []) for name in _SIZES)
            threads = builder.binary("mul", builder.binary("mul", x, y), z)
            call.set_call(counted, signature, [number, threads], [[], []])
