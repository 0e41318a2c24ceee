"""Where all lanes of a warp are together, as far as matrix instructions prove it.

PTX asks that all lanes execute each matrix instruction together (`.aligned`): a block that has one is reached by the whole warp or
not at all, in a loop as often by every lane. From that follows
* which blocks before and after it the whole warp goes through: those that it dominates and that post-dominate it, and the reverse;
* which phis choose for the whole warp: all ways in but one have passed such a block since the ways parted.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.function import Block, Function


class Convergence:
    """`together`: blocks with a matrix instruction."""

    def __init__(self, function: Function, together: Iterable[Block]) -> None:
        self.flow = ControlFlow(function)
        self.together = [block for block in dict.fromkeys(together) if self.flow.reachable(block)]
        self._known: dict[Block, bool] = {}

    def is_whole(self, block: Block) -> bool:
        """Whether the whole warp goes through the block together, or no lane of it."""
        if block not in self._known:
            self._known[block] = any(self._same_lanes(block, each) for each in self.together)
        return self._known[block]

    def chooses_together(self, block: Block) -> bool:
        """Whether all lanes come into the block from the same predecessor."""
        if not self.flow.reachable(block) or not self.is_whole(block):
            return False
        parted = self.flow.immediate_dominator[block]
        ways = [p for p in self.flow.predecessors[block] if self.flow.reachable(p)]
        return sum(not self._passes(parted, way) for way in ways) <= 1

    def depth(self, block: Block) -> int:
        """How many loops the block stands in."""
        return sum(block in body for body in self._loops)

    def meeting(self, block: Block, users: Iterable[Block]) -> Block:
        """The block of least depth between `block` and all users, which it dominates, where the whole warp is."""
        found, at = block, self._common(list(users))
        while at is not block:
            if self.is_whole(at) and self.flow.block_dominates(block, at) and self.depth(at) < self.depth(found):
                found = at
            at = self.flow.immediate_dominator[at]
        return found

    def _common(self, blocks: list[Block]) -> Block:
        common = blocks[0]
        while not all(self.flow.block_dominates(common, each) for each in blocks):
            common = self.flow.immediate_dominator[common]
        return common

    def _passes(self, parted: Block, way: Block) -> bool:
        """Whether all lanes that come this way since the block `parted` have executed a matrix instruction."""
        return any(each is not parted and self.flow.block_dominates(parted, each) and self.flow.block_dominates(each, way)
                   for each in self.together)

    def _same_lanes(self, block: Block, other: Block) -> bool:
        first, second = (block, other) if self.flow.block_dominates(block, other) else (other, block)
        return self.flow.block_dominates(first, second) and self._is_sure(first, second)

    def _is_sure(self, start: Block, end: Block) -> bool:
        """Whether every way from `start` to the function's end leads through `end`."""
        todo, seen = [start], {start, end}
        if start is end:
            return True
        while todo:
            block = todo.pop()
            successors = self.flow.successors[block]
            if not successors:
                return False
            fresh = [each for each in successors if each not in seen]
            seen.update(fresh)
            todo += fresh
        return True

    @cached_property
    def _loops(self) -> list[set[Block]]:
        """The blocks of each natural loop."""
        return [self._body(head, tail) for tail in self.flow.order for head in self.flow.successors[tail]
                if self.flow.block_dominates(head, tail)]

    def _body(self, head: Block, tail: Block) -> set[Block]:
        body, todo = {head}, [tail]
        while todo:
            block = todo.pop()
            if block not in body:
                body.add(block)
                todo += self.flow.predecessors[block]
        return body
