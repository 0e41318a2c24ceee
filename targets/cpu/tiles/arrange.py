"""Puts code in the place of matrix operations.

Before: `%d = call {float x 8} @__cw.tile.wmma.mma...(registers of A, B and C)`
After:  the registers go to memory, the warp meets, its first lane gathers the matrices, multiplies them, and hands D out
"""

from __future__ import annotations

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.types import I64, PTR
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.tiles.emission import Emission
from crosswarp.targets.cpu.tiles.forms import Held, Move, Multiply, Rows
from crosswarp.targets.cpu.tiles.graph import Gathered, Graph, Node, Operation

_POINTER_WORDS = 2


class Arrangement:
    """Of one function. `wide`: the flag of processors with registers of 512 bits, or 0."""

    def __init__(self, module: Module, function: Function, wide: int) -> None:
        self.function, self.wide = function, wide
        self.graph = Graph(function)
        self.emit = Emission(module, function)
        self.slots: dict[str, tuple[Value, int]] = {}
        self.replaced: dict[Value, Value] = {}

    def run(self) -> None:
        """Replace all operations whose form is known."""
        for operation in self.graph.operations:
            self._replace(operation)
        self.function.replace_uses(self.replaced)
        for operation in self.graph.operations:
            for register in operation.registers:
                register.erase()
            operation.call.erase()

    def _replace(self, operation: Operation) -> None:
        if isinstance(operation.form, Rows):
            self._rows(operation, operation.form)
            return
        call, result = operation.call, operation.result
        gathered = [node for node in operation.operands if isinstance(node, Gathered)]
        first: dict[Node, int] = {}
        words = 0
        for node in [*gathered, *([result] if result and self.graph.is_observed(operation) else [])]:
            first[node] = words
            words += node.held.registers * node.held.words
        assert call.parent is not None
        for node in gathered:
            for n, value in enumerate(node.values):
                before = Builder(call.parent, call)
                before.store(value, self.emit.place(before, first[node] + n * node.held.words))
        if first:
            self.emit.meet(call, words)
        builder = self.emit.leader(call)
        for node in gathered:
            self._exchange(builder, "gather", first[node], node)
        self._compute(builder, operation)
        if result in first:
            self._exchange(builder, "scatter", first[result], result)
            self._hand_out(operation, result.held, first[result])

    def _exchange(self, builder: Builder, name: str, word: int, node: Node) -> None:
        warp = self.emit.call(builder, "warp", [], PTR)
        self.emit.call(builder, name, [warp, word, self._slot(node), *node.held.numbers])

    def _hand_out(self, operation: Operation, held: Held, first: int) -> None:
        """The registers of all lanes are in memory: what used the operation's loads them."""
        assert operation.call.parent is not None
        after = Builder(operation.call.parent, operation.call)
        for register in operation.registers:
            number = register.indices[0] % held.registers
            self.replaced[register] = after.load(register.type, self.emit.place(after, first + number * held.words))

    def _compute(self, builder: Builder, operation: Operation) -> None:
        form = operation.form
        if isinstance(form, Move):
            node = operation.result or operation.operands[0]
            arguments = operation.call.arguments
            pointer = builder.cast("addrspacecast", arguments[0], PTR)
            held = self._slot(node)
            kind, _, height, width = form.held.numbers
            places = [held, pointer]
            self.emit.call(builder, "load" if form.is_load else "store",
                           [*places, self._pitch(builder, operation, form), kind, height, width, int(form.by_rows)])  # fmt: skip
        elif isinstance(form, Multiply):
            a, b, c = map(self._slot, operation.operands)
            assert operation.result is not None
            sizes = [form.a.height, form.b.width, form.depth, form.how | self.wide]
            self.emit.call(builder, form.function, [self._slot(operation.result), a, b, c, *sizes])

    def _pitch(self, builder: Builder, operation: Operation, form: Move) -> Value:
        arguments = operation.call.arguments
        given = 2 if form.is_load else 2 + len(arguments[1:]) // form.held.registers * form.held.registers
        if len(arguments) < given:
            return ConstantInt(I64, form.pitch)
        return builder.cast("zext", arguments[-1], I64)

    def _slot(self, node: Node) -> Value:
        """The memory that holds a matrix."""
        key = node.held.matrix if isinstance(node, Gathered) else "d"
        size = node.held.count * 4 * node.held.words
        memory, most = self.slots.get(key, (None, 0))
        if memory is None:
            memory = self.emit.buffer(size)
        if size > most:
            memory.allocated_type = type(memory.allocated_type)(size, memory.allocated_type.element)  # type: ignore[attr-defined]
        self.slots[key] = (memory, max(size, most))
        return memory

    def _rows(self, operation: Operation, form: Rows) -> None:
        call, arguments = operation.call, operation.call.arguments
        assert call.parent is not None
        before = Builder(call.parent, call)
        turns = form.function == "transpose"
        start = 0 if turns else _POINTER_WORDS
        if turns:
            before.store(arguments[0], self.emit.place(before, 0))
        else:
            before.store(before.cast("addrspacecast", arguments[0], PTR), self.emit.place(before, 0))
        for n, register in enumerate(arguments[1:]):
            before.store(register, self.emit.place(before, start + n))
        self.emit.meet(call, start + form.count)
        builder = self.emit.leader(call)
        warp = self.emit.call(builder, "warp", [], PTR)
        self.emit.call(builder, form.function, [warp, 0] if turns else [warp, 0, form.count, int(form.transposed)])
        after = Builder(call.parent, call)
        for used in operation.registers:
            self.replaced[used] = after.load(used.type, self.emit.place(after, start + used.indices[0]))
