"""Two turns of a loop at once, so that products of neighbouring k stand side by side.

loop: %d = product of A + k, B + k;  if (k += 16) < n goto loop
->
      if 16 + k < n: twice: product of A + k, B + k; product of A + k + 16, B + k + 16;  if (k += 32) < n - 16 goto twice
      if a turn is left: loop

LLVM does not unroll loops with convergent calls where it would need to test how many turns are left. Here both copies run under the
same tests as before: the second turn of a pair runs where the loop itself would have gone on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crosswarp.ir.builder import Builder
from crosswarp.ir.clone import appended
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Block
from crosswarp.ir.instructions import Branch, Compare, Instruction, Phi
from crosswarp.ir.loops import Loop, a_turn_later, way_in, way_out
from crosswarp.ir.values import MetadataValue, Value

_MOST = 1000
"""Instructions of a loop that is doubled."""
_SWAPPED = {"slt": "sgt", "sgt": "slt", "ult": "ugt", "ugt": "ult", "sle": "sge", "sge": "sle", "ule": "uge", "uge": "ule",
            "eq": "eq", "ne": "ne"}  # fmt: skip
_INVERSE = {"slt": "sge", "sgt": "sle", "ult": "uge", "ugt": "ule", "sle": "sgt", "sge": "slt", "ule": "ugt", "uge": "ult",
            "eq": "ne", "ne": "eq"}  # fmt: skip


@dataclass(frozen=True)
class Turns:
    """How a loop of one block counts: it goes on while `next`, which is `number` and `step`, compares so with `bound`."""

    block: Block
    number: Phi
    next: Instruction
    step: ConstantInt
    predicate: str
    bound: Value

    @property
    def rises_to_bound(self) -> bool:
        """Whether a number a step before the bound tells that there are two turns: numbers do not wrap around."""
        rising = self.predicate in ("slt", "ult", "sle", "ule")
        flag = {"s": "nsw", "u": "nuw"}.get(self.predicate[0])
        return flag in self.next.flags and rising == (self.step.value > 0)

    def goes_on(self, builder: Builder, number: Value, bound: Value | None = None) -> Value:
        """Whether there is a turn with this number."""
        return builder.icmp(self.predicate, number, bound or self.bound)


def turns(loop: Loop) -> Turns | None:
    """How the loop counts, if it may be doubled."""
    block = loop.header
    if len(block.instructions) > _MOST:
        return None
    if any(isinstance(operand, MetadataValue) for one in block.instructions for operand in one.operands):
        return None
    return counted(loop)


def counted(loop: Loop) -> Turns | None:
    """How the loop counts, if it is one block whose end compares a number that grows by a constant with what does not change."""
    block, end = loop.header, loop.header.instructions[-1]
    if len(loop.blocks) > 1 or not isinstance(end, Branch) or end.condition is None:
        return None
    compare = end.condition
    if not isinstance(compare, Compare) or compare.opcode != "icmp" or compare.parent is not block:
        return None
    goes_on = compare.predicate if end.successors()[0] is block else _INVERSE[compare.predicate]
    for which, predicate in ((0, goes_on), (1, _SWAPPED[goes_on])):
        step, bound = compare.operands[which], compare.operands[1 - which]
        found = _count(block, step)
        if found is not None and not (isinstance(bound, Instruction) and bound.parent is block):
            return Turns(block, *found, predicate, bound)
    return None


def _count(block: Block, following: Value) -> tuple[Phi, Instruction, ConstantInt] | None:
    """The phi that is this value a turn later, with the value and the step."""
    if not isinstance(following, Instruction) or following.opcode != "add" or following.parent is not block:
        return None
    phi, step = following.operands
    if isinstance(phi, Phi) and phi.parent is block and isinstance(step, ConstantInt) and a_turn_later(phi) is following:
        return phi, following, step
    return None


def two_at_once(loop: Loop, count: Turns) -> bool:
    """Double the loop. Returns whether that was possible."""
    before, behind = way_in(loop), way_out(loop)
    if behind is None:
        return False
    block, function = count.block, loop.function
    twice, rest = function.add_block(before=block), function.add_block(before=block)
    starts = {phi: next(value for value, source in phi.incoming if source is before) for phi in block.phis()}
    phis = {phi: twice.append(Phi(phi.type, [(start, before)])) for phi, start in starts.items()}
    first = _turn(block, twice, lambda phi: phis[phi])
    second = _turn(block, twice, lambda phi: _of(first, a_turn_later(phi)))
    for phi, made in phis.items():
        last = _of(second, a_turn_later(phi))
        made.operands += [last, twice]
        phi.operands += [last, rest]
    for phi in behind.phis():
        value = next(value for value, source in phi.incoming if source is block)
        phi.operands += [_of(second, value), rest]
    _choose(count, (before, twice, rest, behind), starts[count.number], _of(second, count.next))
    return True


def _turn(block: Block, twice: Block, begins: Callable[[Phi], Value]) -> dict[int, Value]:
    """A copy of the loop's instructions, without phis and end."""
    known: dict[int, Value] = {id(phi): begins(phi) for phi in block.phis()}
    appended([one for one in block.instructions[:-1] if not isinstance(one, Phi)], twice, known)
    return known


def _of(known: dict[int, Value], value: Value) -> Value:
    return known.get(id(value), value)


def _choose(count: Turns, blocks: tuple[Block, Block, Block, Block], start: Value, last: Value) -> None:
    """Before the loop and after each pair: whether two turns are left, or one."""
    before, twice, rest, behind = blocks
    before.instructions[-1].erase()
    entry = Builder(before)
    entry.cond_br(count.goes_on(entry, entry.binary("add", start, count.step)), twice, count.block)
    end = Builder(twice)
    if count.rises_to_bound:
        two_left = count.goes_on(end, last, end.binary("sub", count.bound, count.step))
    else:
        later = count.goes_on(end, end.binary("add", last, count.step))
        two_left = end.select(count.goes_on(end, last), later, ConstantInt(later.type, 0))  # type: ignore[arg-type]
    end.cond_br(two_left, twice, rest)
    tail = Builder(rest)
    tail.cond_br(count.goes_on(tail, last), count.block, behind)
