"""Reads `__cluster_dims__`, which the headers write as an annotation because clang forgets its own attribute for NVPTX.

Before: `@llvm.global.annotations = ... { ptr @k, ptr @.str, ptr @.str1, i32 7, ptr @.args }`, "cw.cluster_dims", `{ i32 4, i32 2 }`
After:  `define ptx_kernel void @k() #0` with `"nvvm.cluster_dim"="4,2,1"`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantAggregate, ConstantBytes, ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.values import Value

ATTRIBUTE = "nvvm.cluster_dim"
_ANNOTATIONS = "llvm.global.annotations"
_NAME = b"cw.cluster_dims\0"


@dataclass(frozen=True)
class ClusterDimensions(Pass):
    """Kernels say the size of their clusters in an attribute. `managed-variables` removes the annotations: it comes later."""

    name: ClassVar[str] = "cluster-dimensions"
    establishes: ClassVar[frozenset[str]] = frozenset({"cluster-sizes"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Set the attributes."""
        table = module.globals.get(_ANNOTATIONS)
        if table is None:
            return
        assert isinstance(table.initializer, ConstantAggregate)
        for record in table.initializer.operands:
            assert isinstance(record, ConstantAggregate)
            function, name, _, _, arguments = record.operands
            if isinstance(function, Function) and _contents(name) == ConstantBytes(_NAME):
                function.set_attribute(ATTRIBUTE, ",".join(map(str, _sizes(arguments))))


def cluster_of(function: Function) -> tuple[int, int, int] | None:
    """Blocks of the kernel's clusters by axis, where the source says them."""
    text = function.attribute(ATTRIBUTE)
    if not text:
        return None
    x, y, z = map(int, text.split(","))
    return x, y, z


def _contents(pointer: Value) -> Value | None:
    return pointer.initializer if isinstance(pointer, GlobalVariable) else None


def _sizes(arguments: Value) -> list[int]:
    values = _contents(arguments)
    given = [v.value for v in values.operands if isinstance(v, ConstantInt)] if isinstance(values, ConstantAggregate) else []
    return [*given, 1, 1, 1][:3]
