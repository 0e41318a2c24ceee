"""Gives functions the processor's attributes: LLVM inlines a device library function only where these agree."""

from __future__ import annotations

from crosswarp.ir.module import Module
from crosswarp.targets.cpu.archs import Arch

_NVPTX_ATTRIBUTES = ("target-cpu", "target-features", "stack-protector-buffer-size", "uniform-work-group-size", "convergent",
                     "norecurse")  # fmt: skip


def attribute_texts(arch: Arch) -> list[str]:
    """The attributes every function of the code object carries."""
    features = [f'"target-features"="{",".join(arch.features)}"'] if arch.features else []
    return ["nounwind", f'"target-cpu"="{arch.cpu}"', *features]


def set_target_attributes(module: Module, arch: Arch) -> None:
    """Replace the attributes of the device compilation's processor on every definition; operations keep none of theirs."""
    for function in module.functions.values():
        if function.is_declaration:
            if not function.name.startswith("llvm."):
                function.attributes = []
            continue
        function.remove_attribute(*_NVPTX_ATTRIBUTES, "nounwind")
        function.attributes += attribute_texts(arch)
