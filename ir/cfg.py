"""Control flow: predecessors, reverse post-order and dominators of a function, computed once for many queries.

Dominators by Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
"""

from __future__ import annotations

from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Instruction, Phi


class ControlFlow:
    """The flow graph of a function as it was when this was built."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.successors: dict[Block, list[Block]] = {b: b.successors() for b in function.blocks}
        self.predecessors: dict[Block, list[Block]] = {b: [] for b in function.blocks}
        for block, targets in self.successors.items():
            for target in targets:
                self.predecessors.setdefault(target, []).append(block)
        self.order = _reverse_post_order(function.entry, self.successors)
        self.position = {block: index for index, block in enumerate(self.order)}
        self.immediate_dominator = self._dominators()

    def reachable(self, block: Block) -> bool:
        """Whether control can get to `block`."""
        return block in self.position

    def _dominators(self) -> dict[Block, Block]:
        entry = self.order[0]
        idom: dict[Block, Block] = {entry: entry}
        changed = True
        while changed:
            changed = False
            for block in self.order[1:]:
                known = [p for p in self.predecessors[block] if p in idom]
                best = known[0]
                for other in known[1:]:
                    best = self._meet(idom, best, other)
                if idom.get(block) is not best:
                    idom[block] = best
                    changed = True
        return idom

    def _meet(self, idom: dict[Block, Block], a: Block, b: Block) -> Block:
        position = self.position
        while a is not b:
            while position[a] > position[b]:
                a = idom[a]
            while position[b] > position[a]:
                b = idom[b]
        return a

    def block_dominates(self, a: Block, b: Block) -> bool:
        """Whether every path to `b` goes through `a` (true for `a` itself and for unreachable `b`)."""
        if b not in self.position:
            return True
        if a not in self.position:
            return False
        at = self.position[a]
        while self.position[b] > at:
            b = self.immediate_dominator[b]
        return a is b

    def dominates(self, definition: Instruction, user: Instruction, operand: int) -> bool:
        """Whether `definition` is available where `user` uses its operand number `operand`."""
        block, target = definition.parent, user.parent
        assert block is not None and target is not None
        if isinstance(user, Phi):
            source = user.operands[operand + 1]
            assert isinstance(source, Block)
            return self.block_dominates(block, source)
        if block is not target:
            return self.block_dominates(block, target)
        if target not in self.position:
            return True
        return block.instructions.index(definition) < block.instructions.index(user)


def _reverse_post_order(entry: Block, successors: dict[Block, list[Block]]) -> list[Block]:
    order: list[Block] = []
    seen = {entry}
    stack = [(entry, iter(successors[entry]))]
    while stack:
        block, rest = stack[-1]
        following = next((s for s in rest if s not in seen), None)
        if following is None:
            order.append(block)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(successors.get(following, ()))))
    return order[::-1]
