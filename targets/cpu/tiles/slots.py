"""Memory of the first lane's frame for the matrices that it holds.

Matrices that are never wanted at the same time may lie in one place. D takes C's place where C is not wanted any more, and a join
takes that of what it joins: then nothing is copied in a loop.
"""

from __future__ import annotations

from dataclasses import dataclass

from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Instruction
from crosswarp.targets.cpu.tiles.forms import Multiply
from crosswarp.targets.cpu.tiles.graph import Assembled, Blocks, Fill, Gathered, Graph, Joined, Mapped, Node, operands_of


@dataclass
class Slot:
    """A place of memory: bytes, and when it is in use (a bit for each point of the function)."""

    bytes: int
    busy: int


class Slots:
    """Of a function. `of` maps nodes to places; `copied` are joins whose matrices must be copied."""

    def __init__(self, graph: Graph) -> None:
        self._points = _Points(graph.function)
        held = [node for node in graph.nodes + _gathered(graph) if not isinstance(node, Blocks)]
        self._classes = {node: _Class([node], node.bytes, self._busy(graph, node)) for node in held}
        self._share(graph)
        self.of: dict[Node, Slot] = {}
        self._place()
        self.copied = [node for node in graph.nodes if isinstance(node, Joined) and self._is_apart(node)]

    def _is_apart(self, node: Joined) -> bool:
        return any(self._classes[one] is not self._classes[node] for one in node.incoming if one is not None)

    def _busy(self, graph: Graph, node: Node) -> int:
        """When the matrix is wanted, from where it is made on."""
        points = self._points
        start = points.start_of(node)
        busy = 1 << start[1]
        for operation in graph.operations:
            for number, operand in enumerate(operation.operands):
                if operand is node:
                    is_factor = isinstance(operation.form, Multiply) and number < 2  # read while D is written
                    busy |= points.between(start, points.at(operation.call, int(is_factor)))
        for user in graph.nodes:
            if isinstance(user, Joined):
                for way, one in zip(user.anchor.operands[1::2], user.incoming, strict=True):
                    if one is node:
                        busy |= points.between(start, points.end(way))  # type: ignore[arg-type]
            elif isinstance(user, Mapped) and any(one is node for one in operands_of(user)):
                busy |= points.between(start, points.at(user.anchor))
        if graph.is_observed(node) and isinstance(node, Joined):
            busy |= 1 << (start[1] + 1)
        return busy

    def _share(self, graph: Graph) -> None:
        for node in graph.nodes:
            if isinstance(node, Joined):
                for one in node.incoming:
                    self._join(node, one)
        for operation in graph.operations:
            if isinstance(operation.form, Multiply) and operation.result is not None:
                self._join(operation.result, operation.operands[2])
        for node in graph.nodes:
            if isinstance(node, Mapped):
                for operand in node.operands:
                    if isinstance(operand, Node):
                        self._join(node, operand)

    def _join(self, first: Node, second: Node | None) -> None:
        if second is None:
            return
        one, other = self._classes[first], self._classes[second]
        if one is other or one.bytes != other.bytes or one.busy & other.busy:
            return
        one.nodes += other.nodes
        one.busy |= other.busy
        for node in other.nodes:
            self._classes[node] = one

    def _place(self) -> None:
        slots: list[Slot] = []
        for found in sorted({id(c): c for c in self._classes.values()}.values(), key=lambda c: -c.bytes):
            slot = next((s for s in slots if not s.busy & found.busy), None)
            if slot is None:
                slot = Slot(found.bytes, 0)
                slots.append(slot)
            slot.busy |= found.busy
            for node in found.nodes:
                self.of[node] = slot


@dataclass(eq=False)
class _Class:
    nodes: list[Node]
    bytes: int
    busy: int


def _gathered(graph: Graph) -> list[Node]:
    return [node for one in graph.operations for node in one.operands if isinstance(node, Gathered) and node not in graph.nodes]


class _Points:
    """Numbers for places of a function: the start and end of blocks, and four for each instruction."""

    def __init__(self, function: Function) -> None:
        self._flow = ControlFlow(function)
        self._first: dict[Block, int] = {}
        self._number: dict[int, tuple[Block, int]] = {}
        count = 0
        for block in function.blocks:
            self._first[block] = count
            for instruction in block.instructions:
                count += 4
                self._number[id(instruction)] = (block, count)
            count += 8

    def at(self, instruction: Instruction, later: int = 0) -> tuple[Block, int]:
        """Where an instruction stands."""
        block, number = self._number[id(instruction)]
        return block, number + later

    def end(self, block: Block) -> tuple[Block, int]:
        """Behind the last instruction."""
        return block, self._first[block] + 4 * len(block.instructions) + 4

    def start_of(self, node: Node) -> tuple[Block, int]:
        """Where a matrix is made."""
        if isinstance(node, Joined):
            assert node.anchor.parent is not None
            return node.anchor.parent, self._first[node.anchor.parent]
        return self.at(node.anchor, -1 if isinstance(node, Fill | Gathered) else int(isinstance(node, Assembled)))

    def between(self, start: tuple[Block, int], use: tuple[Block, int]) -> int:
        """The points on all ways from where a matrix is made to a use."""
        block, number = use
        if block is start[0] and start[1] <= number:
            return _range(start[1], number)
        busy, seen = _range(self._first[block], number), set[Block]()
        work = list(self._flow.predecessors[block])
        while work:
            at = work.pop()
            if at in seen:
                continue
            seen.add(at)
            end = self.end(at)[1]
            if at is start[0]:
                busy |= _range(start[1], end)
            else:
                busy |= _range(self._first[at], end)
                work += self._flow.predecessors[at]
        return busy


def _range(first: int, end: int) -> int:
    return ((1 << max(end - first, 0)) - 1) << first
