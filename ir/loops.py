"""Natural loops, and loops with one way in and one way out, so that a second copy can stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosswarp.ir.builder import Builder
from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Instruction, Phi
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value


@dataclass(frozen=True, eq=False)
class Loop:
    """All loops with one header are one. `blocks` in the function's order of flow: the header is the first."""

    blocks: tuple[Block, ...]

    @property
    def header(self) -> Block:
        """The only block of the loop that is reached from outside."""
        return self.blocks[0]

    @property
    def function(self) -> Function:
        """Where the loop is."""
        assert self.header.parent is not None
        return self.header.parent


def loops(flow: ControlFlow) -> list[Loop]:
    """The natural loops, outer ones first."""
    bodies: dict[Block, set[Block]] = {}
    for tail in flow.order:
        for head in flow.successors[tail]:
            if flow.block_dominates(head, tail):
                bodies.setdefault(head, {head}).update(_body(flow, head, tail))
    found = [Loop(tuple(block for block in flow.order if block in body)) for body in bodies.values()]
    return sorted(found, key=lambda loop: (-len(loop.blocks), flow.position[loop.header]))


def _body(flow: ControlFlow, head: Block, tail: Block) -> set[Block]:
    body, todo = {head}, [tail]
    while todo:
        block = todo.pop()
        if block not in body:
            body.add(block)
            todo += flow.predecessors[block]
    return body


def a_turn_later(phi: Phi) -> Value:
    """What a phi of a loop of one block is in the next turn."""
    return next(value for value, source in phi.incoming if source is phi.parent)


def way_in(loop: Loop) -> Block:
    """The block before the loop: it goes nowhere else, and nothing else goes to the header from outside. Made if there is none."""
    header, inside = loop.header, set(loop.blocks)
    outside = [block for block in header.predecessors() if block not in inside]
    if len(outside) == 1 and len(outside[0].successors()) == 1:
        return outside[0]
    return _between(outside, header)


def way_out(loop: Loop) -> Block | None:
    """The block behind the loop, which is reached from nowhere else. What others use of the loop goes through its phis.

    None for a loop that is left to several blocks, or for none.
    """
    inside = set(loop.blocks)
    targets = {block for each in loop.blocks for block in each.successors()} - inside
    if len(targets) != 1:
        return None
    leaving = [block for block in loop.blocks if not inside.issuperset(block.successors())]
    behind = _between(leaving, targets.pop())
    uses = UseMap(loop.function)
    for value in [one for block in loop.blocks for one in block.instructions]:
        outside = [use for use in uses.of(value) if use.user.parent not in inside and use.user.parent is not behind]
        if outside:
            phi = behind.insert_before(Phi(value.type, [(value, block) for block in leaving]), behind.instructions[0])
            for use in outside:
                use.set(phi)
    return behind


def _between(sources: Sequence[Block], target: Block) -> Block:
    """A new block on the ways from `sources` to a block."""
    function = target.parent
    assert function is not None
    made = function.add_block(before=target)
    for phi in target.phis():
        ways = [(value, block) for value, block in phi.incoming if block in sources]
        merged = made.append(Phi(phi.type, ways))
        phi.incoming = [*((value, block) for value, block in phi.incoming if block not in sources), (merged, made)]
    Builder(made).br(target)
    for block in sources:
        block.instructions[-1].replace_operand(target, made)
    return made


def straightened(function: Function) -> None:
    """Without blocks that are never reached, phis of one way, and blocks that only follow another one."""
    _drop_unreached(function)
    for block in function.blocks:
        for phi in block.phis():
            if len(phi.incoming) == 1:
                _replace(function, phi, phi.operands[0])
    for block in list(function.blocks):
        while (following := _only_follower(function, block)) is not None:
            _append(block, following)


def _drop_unreached(function: Function) -> None:
    flow = ControlFlow(function)
    gone = {block for block in function.blocks if not flow.reachable(block)}
    function.blocks = [block for block in function.blocks if block not in gone]
    for block in function.blocks:
        for phi in block.phis():
            phi.incoming = [(value, source) for value, source in phi.incoming if source not in gone]


def _only_follower(function: Function, block: Block) -> Block | None:
    """The block that is reached from this one alone, and always."""
    successors = block.successors()
    if block not in function.blocks or len(successors) != 1 or successors[0] is block or successors[0] is function.entry:
        return None
    only = len(successors[0].predecessors()) == 1 and block.instructions[-1].opcode == "br" and not successors[0].phis()
    return successors[0] if only else None


def _append(block: Block, following: Block) -> None:
    function = block.parent
    assert function is not None
    block.instructions[-1].erase()
    for one in following.instructions:
        block.append(one)
    for successor in block.successors():
        for phi in successor.phis():
            phi.replace_operand(following, block)
    function.blocks.remove(following)


def _replace(function: Function, one: Instruction, value: Value) -> None:
    function.replace_all_uses(one, value)
    one.erase()
