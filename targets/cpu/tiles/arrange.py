"""Puts code in the place of matrix operations.

Before: `%d = call {float x 8} @__cw.tile.wmma.mma...(registers of A, B and C)`
After:  the first lane of a warp, which holds the matrices in memory of its own, multiplies them; the others go on

Where a matrix comes from registers of all lanes, or its registers are observed, the warp meets, and the first lane gathers the
matrix or hands it out. Work of the first lane is put off to the next place where a lane may wait or touch memory, so that one
branch is enough for several operations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt, poison
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Instruction, Phi
from crosswarp.ir.module import Module
from crosswarp.ir.types import I32, I64, PTR
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.tiles import vectors
from crosswarp.targets.cpu.tiles.emission import Emission
from crosswarp.targets.cpu.tiles.forms import Move, Multiply, Rows
from crosswarp.targets.cpu.tiles.graph import Assembled, Fill, Gathered, Graph, Joined, Mapped, Node, Operation
from crosswarp.targets.cpu.tiles.meetings import POINTER_WORDS, Share, shared_meetings
from crosswarp.targets.cpu.tiles.order import may_suspend_or_access, waiting_moves
from crosswarp.targets.cpu.tiles.slots import Slot, Slots

_BLOCK_LINES = 8
Work = Callable[[Builder], None]


class Arrangement:
    """Of one function. `wide`: the flag of processors with registers of 512 bits, or 0; `lockstep`: see `order.py`."""

    def __init__(self, module: Module, function: Function, wide: int, lockstep: bool) -> None:
        self.module, self.function, self.wide = module, function, wide
        self.graph = Graph(function)
        self.slots = Slots(self.graph)
        exchanges = [one for one in self.graph.operations if self._exchanges(one)]
        self._shares = shared_meetings(self.graph, exchanges)
        meeting = {id(one.call) for one in exchanges if id(one.call) not in self._shares or self._shares[id(one.call)].is_last}
        self._meeting = meeting | waiting_moves(function, self.graph.operations, meeting, lockstep)
        self.emit = Emission(module, function)
        self.replaced: dict[Value, Value] = {}
        self._memory: dict[int, Value] = {}
        self._shadows = {node: self.emit.buffer(node.bytes) for node in self.slots.copied}
        self._pending: list[Work] = []
        self._operations = {id(one.call): one for one in self.graph.operations}
        self._before: dict[int, list[Work]] = {}  # work of the first lane in front of an instruction
        self._prepare()

    def run(self) -> None:
        """Replace all operations whose form is known."""
        for block in list(self.function.blocks):
            self._block(block, list(block.instructions))
        self.function.replace_uses(self.replaced)
        self._erase()

    def _prepare(self) -> None:
        for node in self.graph.nodes:
            if isinstance(node, Fill):
                self._work(node.anchor, partial(self._fill, node))
            elif isinstance(node, Mapped):
                self._work(node.anchor, partial(self._map, node))
        for node in self.slots.copied:
            for way, one in zip(node.anchor.operands[1::2], node.incoming, strict=True):
                assert one is not None
                self._work(way.terminator, partial(self._copy_out, node, one))  # type: ignore[attr-defined]

    def _work(self, before: Instruction, work: Work) -> None:
        self._before.setdefault(id(before), []).append(work)

    def _block(self, block: Block, instructions: list[Instruction]) -> None:
        joins = [one for one in self.graph.nodes if isinstance(one, Joined) and one.anchor.parent is block]
        first = next(i for i in instructions if not isinstance(i, Phi))
        self._begin(first, joins)
        for instruction in instructions:
            operation = self._operations.get(id(instruction))
            self._pending += self._before.pop(id(instruction), [])
            if operation is not None:
                self._operation(operation)
            elif self._pending and may_suspend_or_access(instruction):
                self._flush(instruction)

    def _begin(self, first: Instruction, joins: list[Joined]) -> None:
        """Matrices that come from several ways."""
        for node in joins:
            if node in self._shadows:
                self._pending.append(partial(self._copy_in, node))
        observed: list[Node] = [node for node in joins if self.graph.is_observed(node)]
        if not observed:
            return
        words = self._words(observed)
        self.emit.meet(first, self._count(observed))
        self._pending += [partial(self._exchange, "scatter", words[node], node) for node in observed]
        self._flush(first)
        for each in observed:
            self._hand_out(first, each, each.values, words[each])

    def _flush(self, before: Instruction) -> None:
        builder = self.emit.leader(before)
        for work in self._pending:
            work(builder)
        self._pending = []

    def _exchanges(self, operation: Operation) -> bool:
        result = operation.result
        return isinstance(operation.form, Rows) or any(isinstance(node, Gathered) for node in operation.operands) or (
            result is not None and self.graph.is_observed(result))  # fmt: skip

    def _operation(self, operation: Operation) -> None:
        call, result = operation.call, operation.result
        if isinstance(operation.form, Rows):
            self._rows(operation, operation.form)
            return
        if id(call) not in self._meeting:
            self._pending.append(partial(self._compute, operation))
            return
        gathered: list[Node] = [node for node in operation.operands if isinstance(node, Gathered)]
        observed: list[Node] = [result] if result is not None and self.graph.is_observed(result) else []
        words = self._words([*gathered, *observed])
        for node in gathered:
            self._publish(call, node.values, words[node], node.held.words)
        self.emit.meet(call, self._count(words))
        for node in gathered:
            self._pending.append(partial(self._exchange, "gather", words[node], node))
        self._pending.append(partial(self._compute, operation))
        for node in observed:
            self._pending.append(partial(self._exchange, "scatter", words[node], node))
        self._flush(call)
        for node in observed:
            self._hand_out(call, node, operation.registers, words[node])

    def _count(self, nodes: Iterable[Node]) -> int:
        """32-bit words of a lane's registers."""
        return sum(node.held.registers * node.held.words for node in nodes)

    def _words(self, nodes: list[Node]) -> dict[Node, int]:
        """Where the registers of each begin at a meeting."""
        found: dict[Node, int] = {}
        at = 0
        for node in nodes:
            found[node] = at
            at += node.held.registers * node.held.words
        return found

    def _publish(self, before: Instruction, values: tuple[Value, ...], first: int, words: int) -> None:
        assert before.parent is not None
        builder = Builder(before.parent, before)
        for n, value in enumerate(values):
            builder.store(value, self.emit.place(builder, first + n * words))

    def _hand_out(self, before: Instruction, node: Node, registers: tuple[Value, ...], first: int) -> None:
        """The registers of all lanes are in memory: what used the operation's loads them."""
        assert before.parent is not None
        builder = Builder(before.parent, before)
        for n, register in enumerate(registers):
            place = self.emit.place(builder, first + n % node.held.registers * node.held.words)
            self.replaced[register] = builder.load(register.type, place)

    def _exchange(self, name: str, word: int, node: Node, builder: Builder) -> None:
        warp = self.emit.call(builder, "warp", [], PTR)
        self.emit.call(builder, name, [warp, word, self._place(node), *node.held.numbers])

    def _compute(self, operation: Operation, builder: Builder) -> None:
        form = operation.form
        if isinstance(form, Move):
            held = self._place(operation.result or operation.operands[0])
            pointer = builder.cast("addrspacecast", operation.call.arguments[0], PTR)
            kind, _, height, width = form.held.numbers
            where = [held, pointer, self._pitch(builder, operation, form)]
            self.emit.call(builder, "load" if form.is_load else "store", [*where, kind, height, width, int(form.by_rows)])
        elif isinstance(form, Multiply):
            assert operation.result is not None
            places = map(self._place, (operation.result, *operation.operands))
            self.emit.call(builder, form.function, [*places, form.a.height, form.b.width, form.depth, form.how | self.wide])

    def _pitch(self, builder: Builder, operation: Operation, form: Move) -> Value:
        arguments = operation.call.arguments
        passed = 0 if form.is_load else form.held.registers
        if len(arguments) == 1 + passed:
            return ConstantInt(I64, form.pitch)
        return builder.cast("zext", arguments[-1], I64)

    def _place(self, node: Node) -> Value:
        """The memory that holds a matrix."""
        slot: Slot = self.slots.of[node]
        if id(slot) not in self._memory:
            self._memory[id(slot)] = self.emit.buffer(slot.bytes)
        return self._memory[id(slot)]

    def _fill(self, node: Fill, builder: Builder) -> None:
        vectors.fill(builder, node, self._place(node))

    def _map(self, node: Mapped, builder: Builder) -> None:
        vectors.compute(self.module, builder, node, self._place)

    def _copy_out(self, node: Joined, one: Node, builder: Builder) -> None:
        self.emit.copy(builder, self._shadows[node], self._place(one), node.bytes)

    def _copy_in(self, node: Joined, builder: Builder) -> None:
        self.emit.copy(builder, self._place(node), self._shadows[node], node.bytes)

    def _rows(self, operation: Operation, form: Rows) -> None:
        call, arguments = operation.call, operation.call.arguments
        assert call.parent is not None
        before = Builder(call.parent, call)
        turns = form.function == "transpose"
        share = self._shares.get(id(call), Share(0, True))
        start = share.word if turns else share.word + POINTER_WORDS
        if not turns:
            before.store(before.cast("addrspacecast", arguments[0], PTR), self.emit.place(before, share.word))
        self._publish(call, tuple(arguments[int(not turns) :]), start, 1)
        blocks = operation.result
        if share.is_last:
            self.emit.meet(call, start + form.count)
        if blocks is None or self.graph.is_observed(blocks):
            sizes = [] if turns else [form.count, int(form.transposed)]
            self._pending.append(partial(self._call_rows, form.function, share.word, sizes))
        if blocks is not None:
            whole = [one for one in self.graph.nodes if isinstance(one, Assembled)]
            self._pending += [partial(self._take_rows, one, blocks, share.word, form) for one in whole]
        if share.is_last:
            self._flush(call)
        if blocks is None or self.graph.is_observed(blocks):
            after = Builder(call.parent, call)
            for n, used in enumerate(operation.registers):
                self.replaced[used] = after.load(used.type, self.emit.place(after, start + n))

    def _take_rows(self, node: Assembled, blocks: Node, word: int, form: Rows, builder: Builder) -> None:
        """Those of the blocks that are a part of the matrix, into their places."""
        kind, _, height, width = node.held.numbers
        is_b = node.held.matrix == "b"
        lines = (width if is_b else height) // _BLOCK_LINES
        depth = node.held.registers // lines
        units = (height if is_b else width) // depth
        for n, (made, number) in enumerate(node.blocks):
            if made is blocks:
                line, unit = (n // depth, n % depth) if is_b else (n % lines, n // lines)
                row, column = (unit * units, line * _BLOCK_LINES) if is_b else (line * _BLOCK_LINES, unit * units)
                place = builder.gep(I32, self._place(node), [ConstantInt(I64, row * width + column)])
                warp = self.emit.call(builder, "warp", [], PTR)
                self.emit.call(builder, "take_rows", [warp, word, number, place, width, kind, int(form.transposed), int(is_b)])

    def _call_rows(self, function: str, word: int, sizes: list[int], builder: Builder) -> None:
        self.emit.call(builder, function, [self.emit.call(builder, "warp", [], PTR), word, *sizes])

    def _erase(self) -> None:
        """What no lane uses any more."""
        gone: list[Instruction] = [i for one in self.graph.operations for i in (*one.registers, one.call)]
        for node in self.graph.nodes:
            stays = isinstance(node, Mapped) and self.graph.is_observed(node)
            if isinstance(node, Joined | Mapped) and not stays:
                gone += [value for value in node.values if isinstance(value, Instruction)]
        unused = [value for value in gone if value not in self.replaced and value.type.is_first_class()]
        rest: dict[Value, Value] = {value: poison(value.type) for value in unused}
        for value in dict.fromkeys(gone):  # matrices may share some
            value.erase()
        self.function.replace_uses(rest)

