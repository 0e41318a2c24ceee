"""Conditions around matrix instructions that nothing in a loop changes, tested once before the loop.

for (...) { if (inside) c = a * b + c; }    ->    if (all lanes: inside) for (...) c = a * b + c;
                                                  else for (...) { if (inside) c = a * b + c; }

LLVM does that for conditions that it knows to be the same in all lanes of a wave, and never for loops with matrix instructions,
since they are convergent. Here lanes are asked: where all of a wave agree, they go on together in a loop without the condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crosswarp.ir.builder import Builder
from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.clone import copied
from crosswarp.ir.constants import Constant
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Branch, Call, Instruction
from crosswarp.ir.loops import Loop, loops, straightened, way_in, way_out
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.operations import Product, operation_of
from crosswarp.ir.tiles.same import is_same_everywhere
from crosswarp.ir.values import MetadataValue, Value

Question = Callable[[Emitter, Value], Value]
"""Emits whether a condition holds in all active lanes of the wave; the answer is the same in all of them."""
_MOST = 2000
"""Instructions of a loop that is copied."""


@dataclass(frozen=True)
class Guard:
    """A branch in a loop. `way`: which of its two ways leads to the products."""

    branch: Branch
    way: int


def leave_guards(module: Module, function: Function, agreed: Question) -> bool:
    """Copy the loops that have such guards. Returns whether there was one."""
    done: set[Block] = set()
    while (found := _next(function, done)) is not None:
        loop, guards = found
        done.update(loop.blocks)
        before, behind = way_in(loop), way_out(loop)
        assert behind is not None
        _divide(module, loop, guards, (before, behind), agreed)
        straightened(function)  # at once: blocks that nothing reaches any more would count among the ways of the next loop
    return bool(done)


def _next(function: Function, done: set[Block]) -> tuple[Loop, list[Guard]] | None:
    flow = ControlFlow(function)
    for loop in loops(flow):
        if loop.header not in done and _may_be_copied(loop):
            guards = list(_guards(flow, loop))
            if guards:
                return loop, guards
    return None


def _may_be_copied(loop: Loop) -> bool:
    body = [one for block in loop.blocks for one in block.instructions]
    ends = {block for each in loop.blocks for block in each.successors()} - set(loop.blocks)
    plain = not any(isinstance(operand, MetadataValue) for one in body for operand in one.operands)
    return len(ends) == 1 and len(body) <= _MOST and plain and any(map(_is_product, body))


def _guards(flow: ControlFlow, loop: Loop) -> Iterator[Guard]:
    made = {id(one) for block in loop.blocks for one in block.instructions}
    products = [block for block in loop.blocks if any(map(_is_product, block.instructions))]
    for block in loop.blocks:
        branch = block.instructions[-1]
        if not isinstance(branch, Branch) or branch.condition is None or id(branch.condition) in made:
            continue
        ways = branch.successors()
        if isinstance(branch.condition, Constant) or not set(loop.blocks).issuperset(ways) or ways[0] is ways[1]:
            continue
        leads = [flow.predecessors[way] == [block] and any(flow.block_dominates(way, each) for each in products) for way in ways]
        if leads[0] != leads[1]:
            yield Guard(branch, leads.index(True))


def _divide(module: Module, loop: Loop, guards: list[Guard], ends: tuple[Block, Block], agreed: Question) -> None:
    """A copy of the loop without the guards, and the choice before both."""
    before, behind = ends
    known = copied(loop.blocks)
    for phi in behind.phis():
        phi.incoming = [*phi.incoming, *((known.get(id(value), value), _block(known[id(block)])) for value, block in phi.incoming)]
    before.instructions[-1].erase()
    e = Emitter(module, Builder(before))
    e.builder.cond_br(_answer(e, guards, agreed), _block(known[id(loop.header)]), loop.header)
    for guard in guards:
        twin = known[id(guard.branch)]
        assert isinstance(twin, Branch)
        _take(twin, guard.way)


def _answer(e: Emitter, guards: list[Guard], agreed: Question) -> Value:
    """Whether all guards lead all lanes to their products."""
    conditions = dict.fromkeys((guard.branch.operands[0], guard.way) for guard in guards)
    parts = [condition if way == 0 else e.invert(condition) for condition, way in conditions]
    whole = parts[0]
    for part in parts[1:]:
        whole = e.op("and", whole, part)
    return whole if all(is_same_everywhere(condition) for condition, _ in conditions) else agreed(e, whole)


def _take(branch: Branch, way: int) -> None:
    """Go one of two ways always."""
    block = branch.parent
    assert block is not None
    ways = branch.successors()
    for phi in ways[1 - way].phis():
        phi.incoming = [(value, source) for value, source in phi.incoming if source is not block]
    branch.operands = [ways[way]]


def _is_product(one: Instruction) -> bool:
    return isinstance(one, Call) and isinstance(operation_of(one), Product)


def _block(value: Value) -> Block:
    assert isinstance(value, Block)
    return value
