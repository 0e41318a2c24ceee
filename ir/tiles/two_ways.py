"""Kernels in two versions: one for blocks that fill all of their waves, one for the others.

Before: `define amdgpu_kernel void @k(...) { body }`
After:  `@k` looks at the block's size once and calls `@k.whole` or `@k.part`, two copies of the body. In the first every lane of
        every wave is there, so that products may keep sums of one warp in the lanes of another.
"""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.builder import Builder
from crosswarp.ir.clone import cloned
from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.values import Value

WHOLE_WAVES = "cw-whole-waves"
"""Attribute of a function that every lane of a wave is there for."""
BEGUN_TOGETHER = "cw-begun-together"
"""Attribute of a function that all lanes of a wave that have a thread begin together, with the same arguments, as a kernel."""


def in_two(module: Module, kernel: Function, is_whole: Callable[[Emitter], Value]) -> tuple[Function, Function]:
    """The version for whole waves, and the other one. `is_whole` emits the question, whose answer is the same in a block."""
    versions = tuple(_version(module, kernel, name) for name in ("whole", "part"))
    versions[0].set_attribute(WHOLE_WAVES, "true")
    for version in versions:
        version.set_attribute(BEGUN_TOGETHER, "true")
    kernel.blocks = []
    e = Emitter(module, Builder(kernel.add_block("entry")))
    answer = is_whole(e)
    blocks = [kernel.add_block(name) for name in ("whole", "part")]
    e.builder.cond_br(answer, blocks[0], blocks[1])
    for block, version in zip(blocks, versions, strict=True):
        Builder(block).call(version, list(kernel.arguments))
        Builder(block).ret()
    return versions[0], versions[1]


def _version(module: Module, kernel: Function, name: str) -> Function:
    made = cloned(kernel, module.fresh_name(f"{kernel.name}.{name}"))
    made.linkage, made.calling_convention = "internal", ""
    made.remove_attribute("noinline")
    made.set_attribute("alwaysinline")
    return module.add_function(made)
