"""Attributes that LLVM's AMDGPU backend reads: processor, launch bounds, denormals.

define amdgpu_kernel void @k() #0    ; "nvvm.maxntid"="256" "nvvm.minctasm"="2" "target-cpu"="sm_80"
->  "amdgpu-flat-work-group-size"="1,256" "amdgpu-waves-per-eu"="2" "uniform-work-group-size"="true" "target-cpu"="gfx1100"
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass

MAX_THREADS = 1024
SIMDS = 4
# Below this calls and wide operands find no room; NVIDIA's assembler has a least number too.
LEAST_REGISTERS = 32
_PORTABLE = ("target-cpu", "target-features", "frame-pointer", "nvvm.maxntid", "nvvm.minctasm", "nvvm.reqntid", "nvvm.maxnreg",
             "nvvm.cluster_dim", "nvvm.maxclusterrank", "nvvm.blocksareclusters")


def threads_of(function: Function) -> int | None:
    """Most threads of a block by `__launch_bounds__`; None when the kernel says nothing."""
    text = function.attribute("nvvm.reqntid") or function.attribute("nvvm.maxntid")
    return prod(int(n) for n in text.split(",")) if text else None


@dataclass(frozen=True)
class AmdAttributes(Pass):
    """Replaces NVPTX's function attributes by AMDGPU's. `max_registers` is `-maxrregcount`."""

    max_registers: int | None = None
    name: ClassVar[str] = "amd-attributes"
    requires: ClassVar[frozenset[str]] = frozenset({"target-kernels"})
    establishes: ClassVar[frozenset[str]] = frozenset({"target-attributes"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Definitions get the processor's name: LLVM inlines library functions only into functions of the same one."""
        for function in module.functions.values():
            bounds = self._bounds(function, facts) if function.calling_convention == facts.kernel_calling_convention else {}
            function.remove_attribute(*_PORTABLE)
            if function.is_declaration:
                continue
            function.set_attribute("target-cpu", facts.arch)
            for attribute, value in bounds.items():
                function.set_attribute(attribute, value)

    def _bounds(self, kernel: Function, facts: TargetFacts) -> dict[str, str]:
        """As on NVIDIA, `__maxnreg__` comes before the command line; neither counts where blocks per processor are asked for."""
        result = launch_bounds(kernel, facts)
        asked = int(kernel.attribute("nvvm.maxnreg") or self.max_registers or 0)
        if asked and "amdgpu-waves-per-eu" not in result:
            result["amdgpu-num-vgpr"] = str(max(asked, LEAST_REGISTERS))
        return result


def launch_bounds(kernel: Function, facts: TargetFacts) -> dict[str, str]:
    """The attributes of a kernel. CUDA's blocks are always whole, so work-group sizes are uniform."""
    threads = min(threads_of(kernel) or MAX_THREADS, MAX_THREADS)
    result = {"amdgpu-flat-work-group-size": f"1,{threads}", "uniform-work-group-size": "true"}
    blocks = int(kernel.attribute("nvvm.minctasm") or 0)
    if blocks:
        waves = blocks * -(-threads // facts.wave_size)
        result["amdgpu-waves-per-eu"] = str(max(1, min(-(-waves // SIMDS), 8)))
    return result
