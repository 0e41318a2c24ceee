"""Which `ldmatrix` share a meeting of the warp.

At a meeting each lane has published the address of its row. Between those that follow each other nothing can suspend a lane or
touch memory, so all of them may be read at the last one, when every lane has published all its addresses. The first lane does its
work in the program's order, also that of products which stand between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crosswarp.ir.function import Block
from crosswarp.targets.cpu.tiles.forms import Rows
from crosswarp.targets.cpu.tiles.graph import Graph, Operation
from crosswarp.targets.cpu.tiles.order import may_suspend_or_access

POINTER_WORDS = 2


@dataclass(frozen=True)
class Share:
    """Of a meeting. `word`: where the row's address is published; `is_last`: the warp meets here."""

    word: int
    is_last: bool


def shared_meetings(graph: Graph, meeting: Iterable[Operation]) -> dict[int, Share]:
    """The share of each `ldmatrix`, by its call's `id`. `meeting`: operations at which the warp meets."""
    meets = {id(one.call) for one in meeting}
    operations = {id(one.call): one for one in graph.operations}
    found: dict[int, Share] = {}
    for block in graph.function.blocks:
        for group in _groups(graph, block, operations, meets):
            for number, one in enumerate(group):
                found[id(one.call)] = Share(number * POINTER_WORDS, one is group[-1])
    return found


def _groups(graph: Graph, block: Block, operations: dict[int, Operation], meets: set[int]) -> list[list[Operation]]:
    groups: list[list[Operation]] = [[]]
    for instruction in block.instructions:
        one = operations.get(id(instruction))
        if one is not None and isinstance(one.form, Rows) and one.form.function == "load_rows":
            groups[-1].append(one)
            if one.result is None or graph.is_observed(one.result):
                groups.append([])
        elif id(instruction) in meets or (one is None and may_suspend_or_access(instruction)):
            groups.append([])
    return groups
