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
    """Strongly connected components (Tarjan's algorithm without recursion)."""
    index: dict[Block, int] = {}
    low: dict[Block, int] = {}
    stack: list[Block] = []
    found: list[set[Block]] = []
    on_stack: set[Block] = set()

    def enter(block: Block) -> tuple[Block, Iterator[Block]]:
        index[block] = low[block] = len(index)
        stack.append(block)
        on_stack.add(block)
        return block, iter([t for t in edges[block] if t in inside])

    for root in order:
        if root not in inside or root in index:
            continue
        work = [enter(root)]
        while work:
            block, targets = work[-1]
            target = next((t for t in targets if t not in index or t in on_stack), None)
            if target is None:
                work.pop()
                _close(block, index, low, stack, on_stack, found)
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[block])
            elif target in index:
                low[block] = min(low[block], index[target])
            else:
                work.append(enter(target))
    return found


def _close(block: Block, index: dict[Block, int], low: dict[Block, int], stack: list[Block], on_stack: set[Block],
           found: list[set[Block]]) -> None:
    if low[block] != index[block]:
        return
    at = stack.index(block)
    found.append(set(stack[at:]))
    on_stack.difference_update(stack[at:])
    del stack[at:]
