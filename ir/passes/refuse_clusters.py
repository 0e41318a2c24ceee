"""Refuses thread block clusters where the processor has none.

A target may run each block as a cluster of its own (`as_blocks`): then only a source that itself asks for more than one block a
cluster, and lets them meet or reach each other's memory, cannot be right. The runtime refuses launches that ask for clusters.

Before: `define ptx_kernel void @k() "nvvm.cluster_dim"="2,1,1" { call void @llvm.nvvm.barrier.cluster.arrive() ... }`
After:  error CW3007
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.cluster_dimensions import cluster_of
from crosswarp.support.diagnostics import unsupported

CLUSTERS = "clusters"
"""The feature of processors that have them."""
_MEETINGS = ("llvm.nvvm.barrier.cluster.", "llvm.nvvm.mapa", "llvm.nvvm.getctarank")
_REGISTERS = ("llvm.nvvm.read.ptx.sreg.cluster", "llvm.nvvm.read.ptx.sreg.ncluster", "llvm.nvvm.is_explicit_cluster")


@dataclass(frozen=True)
class RefuseClusters(Pass):
    """No cluster of several blocks is left that the processor could not run."""

    as_blocks: bool = False
    name: ClassVar[str] = "refuse-clusters"
    requires: ClassVar[frozenset[str]] = frozenset({"cluster-sizes"})
    establishes: ClassVar[frozenset[str]] = frozenset({"possible-clusters"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Raises `CompileError` naming a kernel or an operation."""
        if CLUSTERS in facts.features:
            return
        sizes = {f.name: cluster_of(f) or (1, 1, 1) for f in module.definitions()}
        kernels = sorted(name for name, (x, y, z) in sizes.items() if x * y * z > 1)
        forbidden = _MEETINGS if self.as_blocks else (*_MEETINGS, *_REGISTERS)
        used = sorted(name for name in module.functions if name.startswith(forbidden))
        if not used or (self.as_blocks and not kernels):
            return
        what = f"__cluster_dims__ of '{kernels[0]}'" if kernels else used[0].removeprefix("llvm.nvvm.")
        raise unsupported(f"thread block clusters ({what}) on {facts.arch}", "CW3007", hint="compile for sm_90 or the CPU")
