"""Hands registers of a loop's matrices out behind the loop, not in every turn.

Before: in a loop `%d = ... wmma.mma ...`, behind it `store float %d.0, ...`
After:  at the head of what follows the loop `%d.0.exit = phi float [%d.0, %latch]`, which is stored
"""

from __future__ import annotations

from collections.abc import Iterable

from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Indexed, Phi


def close_loops(function: Function, registers: Iterable[tuple[Call, tuple[Indexed, ...]]]) -> None:
    """Put phis where the only way from a loop ends, for all registers of a result together."""
    flow, uses = ControlFlow(function), function.use_map()
    after = _reachable(flow)
    for call, members in registers:
        home = call.parent
        assert home is not None
        if home not in after or home not in after[home]:
            continue  # in no loop
        made: dict[Block, list[Phi]] = {}
        for number, member in enumerate(members):
            for use in uses.of(member):
                at = use.user.operands[use.index + 1] if isinstance(use.user, Phi) else use.user.parent
                end = _exit(flow, after, home, at) if isinstance(at, Block) else None
                if end is None:
                    continue
                if end not in made:
                    made[end] = _phis(end, flow.predecessors[end][0], members)
                use.set(made[end][number])


def _reachable(flow: ControlFlow) -> dict[Block, set[Block]]:
    """The blocks that can follow each."""
    after: dict[Block, set[Block]] = {block: set() for block in flow.order}
    changed = True
    while changed:
        changed = False
        for block in reversed(flow.order):
            size = len(after[block])
            for successor in flow.successors[block]:
                after[block] |= {successor} | after[successor]
            changed |= len(after[block]) != size
    return after


def _exit(flow: ControlFlow, after: dict[Block, set[Block]], home: Block, user: Block) -> Block | None:
    """The first block behind the loop of `home` on all ways to `user`, if one edge leads there."""
    found = None
    while user in after and home not in after[user] and user is not home:
        found, user = user, flow.immediate_dominator[user]
    return found if found is not None and len(flow.predecessors[found]) == 1 else None


def _phis(block: Block, way: Block, members: tuple[Indexed, ...]) -> list[Phi]:
    phis = [Phi(member.type, [(member, way)]) for member in members]
    for phi in reversed(phis):
        phi.parent = block
        block.instructions.insert(0, phi)
    return phis
