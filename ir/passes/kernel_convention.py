"""Gives kernels the target's calling convention.

define ptx_kernel void @k(ptr %p)   ->   define amdgpu_kernel void @k(ptr %p)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass

PORTABLE_KERNEL = "ptx_kernel"


def kernels(module: Module, convention: str = PORTABLE_KERNEL) -> Iterator[Function]:
    """Functions that the host can launch: in portable IR, or of a target after this pass (`convention`)."""
    return (f for f in module.definitions() if f.calling_convention == convention)


@dataclass(frozen=True)
class KernelConvention(Pass):
    """`ptx_kernel` becomes `TargetFacts.kernel_calling_convention`; clang's other NVPTX conventions go."""

    name: ClassVar[str] = "kernel-convention"
    requires: ClassVar[frozenset[str]] = frozenset({"no-byval"})
    establishes: ClassVar[frozenset[str]] = frozenset({"target-kernels"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rename the convention of definitions and declarations."""
        for function in module.functions.values():
            if function.calling_convention == PORTABLE_KERNEL:
                function.calling_convention = facts.kernel_calling_convention
            elif function.calling_convention == "ptx_device":
                function.calling_convention = ""
