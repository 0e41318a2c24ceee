"""Makes the address of a kernel, where device code takes it, that of its record in the code object's table.

Device code does nothing with a kernel's address but launch it (dynamic parallelism), and a launch needs what the record says: the
entry point, the sizes of parameters and shared memory. The record itself is written by `entry_points.py`.

Before: `call i32 @__cw.child.launch(ptr @child, ptr %parameters, ...)`
After:  `call i32 @__cw.child.launch(ptr @child.kernel, ptr %parameters, ...)`, `@child.kernel = external constant i8`
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import IntType
from crosswarp.targets.cpu.passes.force_inline import is_kernel
from crosswarp.targets.cpu.passes.references import address_taken

SUFFIX = ".kernel"


@dataclass(frozen=True)
class KernelAddresses(Pass):
    """Pointers to kernels become pointers to their records."""

    name: ClassVar[str] = "kernel-addresses"
    requires: ClassVar[frozenset[str]] = frozenset()
    establishes: ClassVar[frozenset[str]] = frozenset({"no-kernel-addresses"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace every use; kernels are never called."""
        for name in sorted(address_taken(module)):
            kernel = module.functions[name]
            if is_kernel(kernel):
                module.replace_all_uses(kernel, module.add_global(name + SUFFIX, IntType(8), is_constant=True))


def forget_records(module: Module, kernels: Iterable[str]) -> None:
    """Drop the declarations of records: the text of the table that follows the module defines them."""
    for name in kernels:
        module.globals.pop(name + SUFFIX, None)
