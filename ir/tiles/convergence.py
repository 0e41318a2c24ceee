"""Where all lanes of a warp are together, as far as matrix instructions prove it.

PTX asks that all lanes execute each matrix instruction together (`.aligned`): a block that has one is reached by the whole warp or
not at all, in a loop as often by every lane. From that follows
* which blocks before and after it the whole warp goes through: those that it dominates and that post-dominate it, and the reverse;
* which phis choose for the whole warp: those where lanes that have passed such a block since the ways parted come by ways of their
  own, and the others bring the same value. So a guard around matrix instructions, which PTX wants to be the same in all lanes, may
  leave a fragment as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.constants import Constant
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Phi
from crosswarp.ir.tiles.same import is_same_everywhere
from crosswarp.ir.values import Value


class Convergence:
    """`together`: blocks with a matrix instruction. `is_together`: of which blocks that is known without those."""

    def __init__(self, function: Function, together: Iterable[Block], is_together: Callable[[Block], bool]) -> None:
        self.flow, self._is_together = ControlFlow(function), is_together
        self.together = [block for block in dict.fromkeys(together) if self.flow.reachable(block)]
        self._known: dict[Block, bool] = {}

    def is_whole(self, block: Block) -> bool:
        """Whether the whole warp goes through the block together, or no lane of it."""
        if block not in self._known:
            self._known[block] = self._is_together(block) or any(self._same_lanes(block, each) for each in self.together)
        return self._known[block]

    def chooses_together(self, phis: Sequence[Phi]) -> bool:
        """Whether these phis of one block, taken together, give what all lanes of a warp have chosen together."""
        block = phis[0].parent
        if block is None or not self.flow.reachable(block):
            return False
        if all(map(self._is_together, self.flow.predecessors[block])):
            return True
        parted, seen = self.flow.immediate_dominator[block], {id(phis[0])}
        brought: dict[Block | None, set[object]] = {}
        todo: list[tuple[Value, ...]] = [tuple(phis)]
        while todo:
            for way, values in _ways(todo.pop()):
                if not self.flow.reachable(way) or self._passes(parted, way) or id(values[0]) in seen:
                    continue
                if self._is_chosen_behind(parted, values):
                    seen.add(id(values[0]))
                    todo.append(values)
                else:
                    what = tuple(str(v) if isinstance(v, Constant) else id(v) for v in values)
                    brought.setdefault(self._common_way(parted, way), set()).add(what)
        return all(len(values) <= 1 for values in brought.values())

    def _common_way(self, parted: Block, way: Block) -> Block | None:
        """Where the ways part by a condition that is the same in all lanes: the block that lanes of this way went to then."""
        condition = parted.instructions[-1].operands[0] if len(self.flow.successors[parted]) > 1 else None
        if way is parted or condition is None or not is_same_everywhere(condition):
            return None
        behind = (each for each in self.flow.successors[parted] if self.flow.predecessors[each] == [parted])
        return next((each for each in behind if self.flow.block_dominates(each, way)), None)

    def _is_chosen_behind(self, parted: Block, values: tuple[Value, ...]) -> bool:
        """Whether the values are phis of a block behind that where the ways parted, so that its ways count instead of it."""
        block = values[0].parent if isinstance(values[0], Phi) else None
        return (block is not None and block is not parted and all(isinstance(v, Phi) and v.parent is block for v in values)
                and self.flow.reachable(block) and self.flow.block_dominates(parted, block))

    def depth(self, block: Block) -> int:
        """How many loops the block stands in."""
        return sum(block in body for body in self._loops)

    def whole_depths(self) -> dict[Block, int]:
        """The blocks that the whole warp goes through together, and how many loops each stands in."""
        return {block: self.depth(block) for block in self.flow.order if self.is_whole(block)}

    def meeting(self, block: Block, users: Iterable[Block]) -> Block:
        """The block of least depth between `block` and all users, which it dominates, where the whole warp is; else `block`."""
        found, at = block, self._common(list(users))
        while at is not block:
            better = self.depth(at) < self.depth(found) or not self.is_whole(found)
            if self.is_whole(at) and self.flow.block_dominates(block, at) and better:
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


def _ways(phis: Sequence[Value]) -> Iterator[tuple[Block, tuple[Value, ...]]]:
    """Each way into the block of some phis, with their values."""
    tables = [{id(source): value for value, source in phi.incoming} for phi in phis if isinstance(phi, Phi)]
    for _, way in phis[0].incoming if isinstance(phis[0], Phi) else ():
        yield way, tuple(table[id(way)] for table in tables)
