"""What is the same in all lanes of a warp, as far as matrix operations prove it."""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.constants import Keyword
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.tiles.uniform import Sources, Uniformity
from crosswarp.ir.values import Value

_SPECIAL = "__nvvm.read.ptx.sreg."
_BLOCK_FACTS = frozenset(f"{_SPECIAL}{name}.{axis}" for name in ("ctaid", "nctaid", "ntid") for axis in "xyz")
_SOURCES = Sources(frozenset({"ptx_kernel"}), _BLOCK_FACTS, frozenset({1, 4}))


class Sameness:
    """Of a kernel. `aligned`: whether a call is an operation that all lanes of a warp run together, or none."""

    def __init__(self, function: Function, aligned: Callable[[Call], bool]) -> None:
        self._flow, self._uniformity = ControlFlow(function), Uniformity(function, _SOURCES)
        self._meetings = [b for b in function.blocks if any(isinstance(i, Call) and aligned(i) for i in b.instructions)]
        self._ways: dict[Block, bool] = {}

    def value(self, value: Value) -> bool:
        """Whether the value is certainly the same in all lanes, or may be any."""
        return self._uniformity.is_same(value) or (isinstance(value, Keyword) and value.word in ("undef", "poison"))

    def way(self, block: Block) -> bool:
        """Whether the lanes that come to `block` have all come the same way.

        Where a warp meets on a way, all its lanes have taken that way. So it is enough that all ways but one have such a place, one
        that does not lie in front of all ways; or that nothing parts lanes here.
        """
        if block not in self._ways:
            others = [way for way in self._flow.predecessors[block] if not self._meets(way, block)]
            self._ways[block] = len(others) <= 1 or self._is_undivided(block)
        return self._ways[block]

    def _is_undivided(self, block: Block) -> bool:
        """Whether no branch between the block and its dominator can part lanes."""
        if not self._flow.reachable(block):
            return False
        top, seen = self._flow.immediate_dominator[block], set[Block]()
        work = list(self._flow.predecessors[block])
        while work:
            at = work.pop()
            if at not in seen:
                seen.add(at)
                work += [] if at is top else self._flow.predecessors[at]
        branches = [at.terminator for at in seen if len(at.successors()) > 1]
        return all(end is not None and self._uniformity.is_same(end.operands[0]) for end in branches)

    def _meets(self, way: Block, block: Block) -> bool:
        dominates = self._flow.block_dominates
        return any(dominates(place, way) and (place is block or not dominates(place, block)) for place in self._meetings)
