"""Kernels in two versions: one for waves whose lanes are all there and agree on what guards its products, one for the others.

Before: `define amdgpu_kernel void @k(...) { body }`
After:  `@k` looks at the block's size and at its guards once and goes to one of two copies of the body. In the first every lane of
        the wave is there, so that products may keep sums of one warp in the lanes of another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from crosswarp.ir.builder import Builder
from crosswarp.ir.clone import cloned
from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.agreement import agreement
from crosswarp.ir.tiles.names import BEGUN_TOGETHER, WHOLE_WAVES
from crosswarp.ir.types import I1
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class Question:
    """What a target's waves are asked: `is_whole`, whether the block fills all of its waves, and `votes`, which has a bit for each
    lane of a wave.
    """

    is_whole: Callable[[Emitter], Value]
    votes: Callable[[Emitter, Value], Value]


@dataclass(frozen=True)
class TwoWays:
    """A kernel and its two versions, functions until they are put together. The first has an argument for each of `guards`."""

    kernel: Function
    versions: tuple[Function, Function]
    guards: Sequence[Value]

    def join(self, module: Module, question: Question) -> None:
        """Make the versions the kernel's body."""
        kernel, (whole, part) = self.kernel, self.versions
        kernel.blocks = []
        entry = kernel.add_block("entry")
        e = Emitter(module, Builder(entry))
        answer, agreed = question.is_whole(e), list[Value]()
        if self.guards:
            all_agree, agreed = agreement(e, self.guards, question.votes)
            answer = e.op("and", answer, all_agree)
        e.builder.cond_br(answer, whole.entry, part.entry)
        for version, values in ((whole, [*kernel.arguments, *agreed]), (part, kernel.arguments)):
            _move(version, kernel, dict(zip(version.arguments, values, strict=True)))
            module.remove(version)


def in_two(module: Module, kernel: Function, guards: Sequence[Value]) -> TwoWays:
    """The version for whole waves whose warps agree on the guards, and the other one."""
    whole, part = (_version(module, kernel, name) for name in ("whole", "part"))
    twins = dict(zip(map(id, kernel.instructions()), whole.instructions(), strict=True))
    for guard in guards:
        _replace(whole, twins[id(guard)], whole.add_argument(I1))
    whole.set_attribute(WHOLE_WAVES, "true")
    return TwoWays(kernel, (whole, part), guards)


def _version(module: Module, kernel: Function, name: str) -> Function:
    made = cloned(kernel, module.fresh_name(f"{kernel.name}.{name}"))
    made.linkage, made.calling_convention = "internal", ""
    made.set_attribute(BEGUN_TOGETHER, "true")
    return module.add_function(made)


def _replace(function: Function, condition: Value, argument: Value) -> None:
    """Branch on the argument. Elsewhere the condition is what it was: lanes may look at it where not all of them are."""
    for block in function.blocks:
        last = block.instructions[-1]
        if last.opcode == "br" and last.operands[0] is condition:
            last.operands[0] = argument


def _move(version: Function, kernel: Function, values: Mapping[Value, Value]) -> None:
    """Variables have to be in the kernel's first block."""
    version.replace_uses(values)
    first = kernel.entry.instructions[0]
    for one in [each for each in version.entry.instructions if each.opcode == "alloca"]:
        one.erase()
        kernel.entry.insert_before(one, first)
    for block in version.blocks:
        block.parent = kernel
    kernel.blocks += version.blocks
