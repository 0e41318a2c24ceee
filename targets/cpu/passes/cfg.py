"""Cycles of graphs: of a function's blocks, and of the functions that call each other."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from crosswarp.ir.function import Block, Function

Node = TypeVar("Node", bound=Hashable)


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
    return components({block: [target for target in edges[block] if target in inside] for block in order if block in inside})


def components(edges: Mapping[Node, Sequence[Node]]) -> list[set[Node]]:
    """Strongly connected components; every target must be a key. Callees come before their callers."""
    search = _Tarjan(edges)
    for root in edges:
        if root not in search.index:
            search.visit(root)
    return search.found


class _Tarjan(Generic[Node]):
    """Tarjan's algorithm, without recursion: functions may have thousands of blocks in a row."""

    def __init__(self, edges: Mapping[Node, Sequence[Node]]) -> None:
        self.edges = edges
        self.index: dict[Node, int] = {}
        self.low: dict[Node, int] = {}
        self.stack: list[Node] = []
        self.open: set[Node] = set()
        self.found: list[set[Node]] = []

    def visit(self, root: Node) -> None:
        """Find all components that are reached from `root`."""
        work = [self._enter(root)]
        while work:
            node, targets = work[-1]
            target = next((t for t in targets if t not in self.index or t in self.open), None)
            if target is None:
                work.pop()
                self._leave(node)
                if work:
                    self.low[work[-1][0]] = min(self.low[work[-1][0]], self.low[node])
            elif target in self.index:
                self.low[node] = min(self.low[node], self.index[target])
            else:
                work.append(self._enter(target))

    def _enter(self, node: Node) -> tuple[Node, Iterator[Node]]:
        self.index[node] = self.low[node] = len(self.index)
        self.stack.append(node)
        self.open.add(node)
        return node, iter(self.edges[node])

    def _leave(self, node: Node) -> None:
        if self.low[node] == self.index[node]:
            at = self.stack.index(node)
            self.found.append(set(self.stack[at:]))
            self.open.difference_update(self.stack[at:])
            del self.stack[at:]
