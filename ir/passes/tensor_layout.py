"""Chooses the layouts of matrices that warps hold together, so that the target's own products fit without conversions.

Before: `%d = call { float x 8 } @__cw.tile.wmma.mma.sync...(<registers of A, B, C in the documented layout>)`
After:  `%d = call <8 x float> @llvm.amdgcn.wmma.f32.16x16x16.f16(<16 x half> %a, <16 x half> %b, <8 x float> %c)`

Loads, phis and element-wise operations then hold vectors in the layout that the instruction wants.

It is safe because CUDA leaves the layout of `wmma` fragments open, and because whatever observes a register by itself gets the one
of the documented layout, by an exact exchange between lanes. `ir/tiles/` has the parts: fragments, decisions, rewriting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Block, Function
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.aggregates import take_apart
from crosswarp.ir.tiles.calls import functions_with_tiles
from crosswarp.ir.tiles.decide import Decider, Decision, can_do
from crosswarp.ir.tiles.exchange import SHUFFLES
from crosswarp.ir.tiles.forms import Apart
from crosswarp.ir.tiles.fragments import Fragments, Merged
from crosswarp.ir.tiles.hoisting import Hoisting
from crosswarp.ir.tiles.lanes import LaneMoves, number_lanes_once
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.report import Report, left_over
from crosswarp.ir.tiles.rewrite import Rewriter
from crosswarp.ir.tiles.same import is_same_everywhere
from crosswarp.ir.tiles.two_ways import WHOLE_WAVES, in_two
from crosswarp.ir.tiles.uniform import Sources, Uniformity
from crosswarp.ir.types import VectorType
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class Waves:
    """Of a target that runs threads in waves: what those of one share; where a wave holds several warps, the question whether a
    block fills all of its waves. `room`: how many registers of a lane a function's sums may take when they lie over the wave.
    """

    sources: Sources
    is_whole: Callable[[Emitter], Value] | None = None
    room: Callable[[Function], int] | None = None


@dataclass(frozen=True)
class TensorLayout(Pass):
    """`natives`: what the target multiplies by itself. `moves`: how its lanes give each other words.

    `waves` is None on targets where nothing is known of them. `tell` gets a line for each product.
    """

    natives: tuple[NativeProduct, ...] = ()
    moves: LaneMoves = SHUFFLES
    waves: Waves | None = None
    tell: Callable[[str], None] | None = None
    name: ClassVar[str] = "tensor-layout"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite the products of every function that the target can do. Others stay as they are."""
        for function in functions_with_tiles(module):
            take_apart(function)
            for version in self._versions(module, function):
                self._rewrite(module, version)
        if self.tell is not None:
            for line in left_over(module):
                self.tell(line)

    def _versions(self, module: Module, function: Function) -> Sequence[Function]:
        """Two, where products of all warps of a wave together would be better and nothing but the block's size may forbid it."""
        if self.waves is None or self.waves.is_whole is None or "dbg" in function.metadata:
            return (function,)
        if function.calling_convention not in self.waves.sources.kernels:
            return (function,)
        _, decision = self._decided(function, self.natives)
        if not any(native.needs_uniform for native in decision.natives.values()):
            return (function,)
        if self.waves.room is not None and _registers_apart(decision) > self.waves.room(function):
            return (function,)
        return in_two(module, function, self.waves.is_whole)

    def _rewrite(self, module: Module, function: Function) -> None:
        whole = self.waves is None or self.waves.is_whole is None or function.has_attribute(WHOLE_WAVES)
        fragments, decision = self._decided(function, [each for each in self.natives if whole or not each.needs_uniform])
        if decision.natives:
            depths = fragments.convergence.whole_depths()
            if self.tell is not None:
                for line in Report(module, fragments, decision, self.moves).lines():
                    self.tell(line)
            Rewriter(module, fragments, decision, self.moves).run()
            number_lanes_once(module, function)
            Hoisting(self.moves, depths).run(function)

    def _decided(self, function: Function, natives: Sequence[NativeProduct]) -> tuple[Fragments, Decision]:
        is_together = self._together(function)
        fragments = Fragments(function, is_same_everywhere, lambda product: can_do(natives, product), is_together)
        return fragments, Decider(fragments, natives, self.moves, is_together).decide()

    def _together(self, function: Function) -> Callable[[Block], bool]:
        return Uniformity(function, self.waves.sources).is_together if self.waves is not None else lambda block: False


def _registers_apart(decision: Decision) -> int:
    """The most registers that sums which lie over the wave take at once, as far as phis of one block tell."""
    taken = Counter[Block]()
    for fragment, form in decision.forms.items():
        if isinstance(form, Apart) and isinstance(fragment.source, Merged):
            kind = form.held.type
            taken[fragment.source.block] += kind.count if isinstance(kind, VectorType) else 1
    return max(taken.values(), default=0)
