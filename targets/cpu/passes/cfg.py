"""Cycles of a control-flow graph."""

from __future__ import annotations

from collections.abc import Iterator

from crosswarp.ir.function import Block, Function


def cycles(function: Function) -> Iterator[set[Block]]:
    """Every set of blocks that form a cycle, outer ones before those nested in them."""
    edges = {block: block.successors() for block in function.blocks}
    yield from _cycles(set(function.blocks), function.blocks, edges)


def _cycles(inside: set[Block], order: list[Block], edges: dict[Block, list[Block]]) -> Iterator[set[Block]]:
    for component in _components(inside, order, edges):
        if len(component) == 1 and not any(target in component for target in edges[next(iter(component))]):
            continue
        yield component
        entered = {t for s, ts in edges.items() if s not in component for t in ts if t in component}
        header = next((block for block in order if block in entered), next(b for b in order if b in component))
        yield from _cycles(component - {header}, order, edges)


def _components(inside: set[Block], order: list[Block], edges: dict[Block, list[Block]]) -> list[set[Block]]:
    """Strongly connected components of the blocks `inside`."""
    search = _Tarjan({block: [target for target in edges[block] if target in inside] for block in inside})
    for root in order:
        if root in inside and root not in search.index:
            search.visit(root)
    return search.found


class _Tarjan:
    """Tarjan's algorithm, without recursion: functions may have thousands of blocks in a row."""

    def __init__(self, edges: dict[Block, list[Block]]) -> None:
        self.edges = edges
        self.index: dict[Block, int] = {}
        self.low: dict[Block, int] = {}
        self.stack: list[Block] = []
        self.open: set[Block] = set()
        self.found: list[set[Block]] = []

    def visit(self, root: Block) -> None:
        """Find all components that are reached from `root`."""
        work = [self._enter(root)]
        while work:
            block, targets = work[-1]
            target = next((t for t in targets if t not in self.index or t in self.open), None)
            if target is None:
                work.pop()
                self._leave(block)
                if work:
                    self.low[work[-1][0]] = min(self.low[work[-1][0]], self.low[block])
            elif target in self.index:
                self.low[block] = min(self.low[block], self.index[target])
            else:
                work.append(self._enter(target))

    def _enter(self, block: Block) -> tuple[Block, Iterator[Block]]:
        self.index[block] = self.low[block] = len(self.index)
        self.stack.append(block)
        self.open.add(block)
        return block, iter(self.edges[block])

    def _leave(self, block: Block) -> None:
        if self.low[block] == self.index[block]:
            at = self.stack.index(block)
            self.found.append(set(self.stack[at:]))
            self.open.difference_update(self.stack[at:])
            del self.stack[at:]
