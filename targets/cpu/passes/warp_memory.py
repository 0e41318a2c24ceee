"""Memory of a warp, in which its first lane holds matrices for all (targets/cpu/tiles/).

Before: `define void @k(ptr %cw.thread, ...) "cw-warp-bytes"="4096"`, `%m = call ptr @__cwcpu.tile.memory()`
After:  `%m = call ptr @__cwcpu.warp_memory(ptr %cw.thread)`; where threads run one after the other, `%m = alloca [4096 x i8]`
"""

from __future__ import annotations

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Alloca, Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.types import I8, PTR, ArrayType, FunctionType
from crosswarp.targets.cpu.operations import TILE_MEMORY, WARP_MEMORY
from crosswarp.targets.cpu.passes.substitution import substitute

BYTES = "cw-warp-bytes"
_ALIGN = 64


def warp_bytes(kernel: Function) -> int:
    """What the kernel needs for each warp."""
    return int(kernel.attribute(BYTES) or 0)


def place_warp_memory(module: Module, kernel: Function, *, in_loop: bool) -> None:
    """`in_loop`: threads run one after the other, the first lane to its end before the second: its frame is enough."""
    calls = [i for i in kernel.instructions() if isinstance(i, Call) and i.callee_name == TILE_MEMORY]
    size = warp_bytes(kernel)
    kernel.remove_attribute(BYTES)
    if not calls:
        return
    memory: Instruction
    if in_loop:
        memory = Alloca(ArrayType(size, I8), align=_ALIGN)
    else:
        kind = FunctionType(PTR, (PTR,))
        memory = Call(kind, module.declare(WARP_MEMORY, kind), [kernel.arguments[0]])
    kernel.entry.insert_before(memory, kernel.entry.instructions[0])
    substitute(kernel, {id(call): memory for call in calls})
