"""Moves between lanes leave loops in which nothing of what they move changes.

LLVM leaves convergent calls where they are. Here it is known which blocks a whole warp goes through: from one to another that
dominates it, and that stands in fewer loops, a move can go with what it is computed from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import BINARY_OPCODES, Call, Instruction
from crosswarp.ir.names import words
from crosswarp.ir.tiles.lanes import LaneMoves

_DIVISIONS = words("udiv sdiv urem srem")
_PURE = (BINARY_OPCODES - _DIVISIONS) | words("getelementptr ptrtoint inttoptr zext sext trunc bitcast icmp select addrspacecast")


@dataclass(frozen=True)
class Hoisting:
    """`depths`: how many loops stand around the blocks that the whole warp goes through together; others are not here."""

    moves: LaneMoves
    depths: dict[Block, int]

    def run(self, function: Function) -> None:
        """Move what can be."""
        flow = ControlFlow(function)
        for block in flow.order:
            if self.depths.get(block, 0) > 0:
                for one in list(block.instructions):
                    if self._is_move(one):
                        self._hoist(flow, block, one)

    def _is_move(self, one: Instruction) -> bool:
        return isinstance(one, Call) and (one.callee_name or "").startswith(self.moves.functions)

    def _hoist(self, flow: ControlFlow, block: Block, move: Instruction) -> None:
        best, at = None, block
        while at is not flow.order[0]:
            at = flow.immediate_dominator[at]
            if self.depths.get(at, self.depths[block]) < self.depths[best or block]:
                if self._needed(move, lambda home, end=at: flow.block_dominates(home, end)) is None:  # type: ignore[misc]
                    break
                best = at
        if best is not None:
            target = best
            self._put(self._needed(move, lambda home: flow.block_dominates(home, target)) or [], target)

    def _needed(self, one: Instruction, is_there: Callable[[Block], bool]) -> list[Instruction] | None:
        """The instruction behind those of its operands that are not there yet; None where one of them has to stay."""
        found: list[Instruction] = []
        for operand in one.operands:
            if not isinstance(operand, Instruction) or operand in found or operand.parent is None or is_there(operand.parent):
                continue
            before = self._needed(operand, is_there) if operand.opcode in _PURE or self._is_move(operand) else None
            if before is None:
                return None
            found += [each for each in before if each not in found]
        return [*found, one]

    def _put(self, instructions: list[Instruction], target: Block) -> None:
        for one in instructions:
            one.erase()
            target.insert_before(one, target.instructions[-1])
