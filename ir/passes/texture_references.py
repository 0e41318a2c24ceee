"""Texture and surface references become variables that hold an object's handle; the runtime writes it when the program binds one.

@tex = internal addrspace(1) global i64 undef    ->   @tex = addrspace(1) externally_initialized global i64 0, align 8
%h = call i64 @llvm.nvvm.texsurf.handle.internal.p1(ptr addrspace(1) @tex)   ->   %h = load i64, ptr addrspace(1) @tex

Fetches from references are then fetches from objects, on every target: CUDA 12 has no references any more, and PTX's own kind
(`.texref`) would need the driver's deprecated half. Static references become visible: the host asks for them by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import I64

HANDLE = "llvm.nvvm.texsurf.handle.internal"
_ANNOTATIONS = "nvvm.annotations"


@dataclass(frozen=True)
class TextureReferences(Pass):
    """Loads in place of clang's handle operation."""

    name: ClassVar[str] = "texture-references"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Nothing happens in modules without references."""
        operations = [f for name, f in module.functions.items() if name.startswith(HANDLE)]
        for operation in operations:
            for call in module.calls_to(operation):
                assert call.parent is not None and call.function is not None
                variable = call.arguments[0]
                if isinstance(variable, GlobalVariable):
                    _make_visible(variable)
                loaded = Builder(call.parent, before=call).load(I64, variable, align=8)
                call.function.replace_all_uses(call, loaded)
                call.parent.instructions.remove(call)
            module.remove(operation)
        _drop_annotations(module)


def _make_visible(variable: GlobalVariable) -> None:
    if variable.is_declaration:
        return
    variable.linkage, variable.externally_initialized = "", True
    variable.initializer, variable.align = ConstantInt(I64, 0), 8


def _drop_annotations(module: Module) -> None:
    """`!{ptr addrspace(1) @tex, !"texture", i32 1}` would make the backend print a `.texref`."""
    kept = [node for node in module.named_metadata.get(_ANNOTATIONS, [])
            if not any(f'!"{kind}"' in module.metadata.get(node.number or 0, "") for kind in ("texture", "surface"))]
    if kept:
        module.named_metadata[_ANNOTATIONS] = kept
    else:
        module.named_metadata.pop(_ANNOTATIONS, None)
