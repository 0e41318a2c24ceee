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
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.aggregates import take_apart
from crosswarp.ir.tiles.agreement import guards
from crosswarp.ir.tiles.calls import functions_with_tiles
from crosswarp.ir.tiles.decide import Decider, Decision, can_do
from crosswarp.ir.tiles.exchange import SHUFFLES
from crosswarp.ir.tiles.forms import Apart
from crosswarp.ir.tiles.fragments import Fragments, Merged
from crosswarp.ir.tiles.hoisting import Hoisting
from crosswarp.ir.tiles.lanes import LaneMoves, number_lanes_once
from crosswarp.ir.tiles.names import WHOLE_WAVES
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.operations import operation_of
from crosswarp.ir.tiles.report import Report, left_over
from crosswarp.ir.tiles.rewrite import Rewriter
from crosswarp.ir.tiles.same import is_same_everywhere
from crosswarp.ir.tiles.two_ways import Question, TwoWays, in_two
from crosswarp.ir.tiles.uniform import Sources, Uniformity
from crosswarp.ir.types import VectorType
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class Waves:
    """Of a target that runs threads in waves: what those of one share; where a wave holds several warps, what it is asked before
    these work together. `room`: how many registers of a lane a function's sums may take when they lie over the wave.
    """

    sources: Sources
    question: Question | None = None
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
            ways = self._two_ways(module, function)
            for version in ways.versions if ways is not None else (function,):
                self._rewrite(module, version)
            if ways is not None and self.waves is not None and self.waves.question is not None:
                ways.join(module, self.waves.question)
        if self.tell is not None:
            for line in left_over(module):
                self.tell(line)

    def _two_ways(self, module: Module, function: Function) -> TwoWays | None:
        """Two versions, where products of all warps of a wave together would be better and nothing may forbid it but what a wave
        can find out when the kernel begins.
        """
        if self.waves is None or self.waves.question is None or function.calling_convention not in self.waves.sources.kernels:
            return None
        agreed = self._guards(function, self.waves.sources)
        _, decision = self._decided(function, self.natives, agreed)
        if not any(native.needs_uniform for native in decision.natives.values()):
            return None
        if self.waves.room is not None and _registers_apart(decision) > self.waves.room(function):
            return None
        return in_two(module, function, agreed)

    def _guards(self, function: Function, sources: Sources) -> list[Value]:
        blocks = [one.parent for one in function.instructions() if isinstance(one, Call) and operation_of(one) and one.parent]
        return guards(Uniformity(function, sources), dict.fromkeys(blocks), sources)

    def _rewrite(self, module: Module, function: Function) -> None:
        whole = self.waves is None or self.waves.question is None or function.has_attribute(WHOLE_WAVES)
        fragments, decision = self._decided(function, [each for each in self.natives if whole or not each.needs_uniform])
        if decision.natives:
            depths = fragments.convergence.whole_depths()
            if self.tell is not None:
                for line in Report(module, fragments, decision, self.moves).lines():
                    self.tell(line)
            Rewriter(module, fragments, decision, self.moves).run()
            number_lanes_once(module, function)
            Hoisting(self.moves, depths).run(function)

    def _decided(self, function: Function, natives: Sequence[NativeProduct],
                 agreed: Sequence[Value] = ()) -> tuple[Fragments, Decision]:  # fmt: skip
        is_together = self._together(function, agreed)
        fragments = Fragments(function, is_same_everywhere, lambda product: can_do(natives, product), is_together,
                              self.moves)
        return fragments, Decider(fragments, natives, self.moves, is_together).decide()

    def _together(self, function: Function, agreed: Sequence[Value]) -> Callable[[Block], bool]:
        return Uniformity(function, self.waves.sources, agreed).is_together if self.waves is not None else lambda block: False


def _registers_apart(decision: Decision) -> int:
    """The most registers that sums which lie over the wave take at once, as far as phis of one block tell."""
    taken = Counter[Block]()
    for fragment, form in decision.forms.items():
        if isinstance(form, Apart) and isinstance(fragment.source, Merged):
            kind = form.held.type
            taken[fragment.source.block] += kind.count if isinstance(kind, VectorType) else 1
    return max(taken.values(), default=0)
