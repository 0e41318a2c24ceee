"""Fragments of a function as nodes of a graph: what is loaded, multiplied, joined by phis, computed element by element, filled.

A fragment is a tuple of values, one for each register of a lane. It is a node when all registers come from the same place in the
same order, so that one lane may hold the whole matrix; a tuple that is no node is gathered from the registers of all lanes.
Registers of a node that something else uses are *observed*: they are handed out to all lanes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from crosswarp.ir.constants import Keyword
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Indexed, Instruction, Phi
from crosswarp.ir.tiles.calls import tile_calls
from crosswarp.ir.tiles.convergence import Convergence
from crosswarp.ir.tiles.elementwise import same_operation
from crosswarp.ir.tiles.operations import operands
from crosswarp.ir.tiles.uniform import Sources, Uniformity
from crosswarp.ir.types import Type, bits_of
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.tiles.aggregates import separate_registers
from crosswarp.targets.cpu.tiles.copies import drop_copies
from crosswarp.targets.cpu.tiles.exits import close_loops
from crosswarp.targets.cpu.tiles.fills import filled_with
from crosswarp.targets.cpu.tiles.forms import Held, Move, Multiply, Rows, TileForm, form_of

_SPECIAL = "__nvvm.read.ptx.sreg."
_BLOCK_FACTS = frozenset(f"{_SPECIAL}{name}.{axis}" for name in ("ctaid", "nctaid", "ntid") for axis in "xyz")
SHARED = Sources(frozenset({"ptx_kernel"}), _BLOCK_FACTS, frozenset({1, 4}))
"""What all threads of a block have in common, in portable IR."""


@dataclass(eq=False)
class Node:
    """A matrix that one lane holds: `values` are the different registers of a lane, in order; `anchor` is where it is made: the
    operation, the first of the phis, the last of the element-wise instructions, for a fill what it is made for.
    """

    held: Held
    values: tuple[Value, ...]
    anchor: Instruction

    @property
    def bytes(self) -> int:
        """Of the memory that holds it."""
        return self.held.count * 4 * self.held.words


class Result(Node):
    """Of a load or product."""


class Blocks(Node):
    """Of `ldmatrix`: for each register a block of 8 lines of 16 bytes. No memory holds them but that of what is assembled."""


@dataclass(eq=False)
class Assembled(Node):
    """Of blocks of one or several `ldmatrix`; the anchor is the first. `blocks`: for each register the node, and which of it."""

    blocks: list[tuple[Node, int]] = field(default_factory=list)


class Gathered(Node):
    """Collected from the registers of all lanes where the matrix is needed."""


class Fill(Node):
    """All elements are `values[0]`, which is held as it is."""


@dataclass(eq=False)
class Joined(Node):
    """By phis. `incoming`: a node for each predecessor, in the phis' order; it is wanted at that block's end."""

    incoming: list[Node | None] = field(default_factory=list)


@dataclass(eq=False)
class Mapped(Node):
    """Element by element, as the instructions `values` say. An operand is a node, or a value that all elements and lanes have."""

    operands: list[Node | Value | None] = field(default_factory=list)


@dataclass(eq=False)
class Operation:
    """A call of a matrix operation: the matrices it reads and the one it makes. `registers` are the members of its result."""

    call: Call
    form: TileForm
    operands: list[Node] = field(default_factory=list)
    result: Result | Blocks | None = None
    registers: tuple[Indexed, ...] = ()


class Graph:
    """The fragments of one function. Results of operations are brought into one form first."""

    def __init__(self, function: Function) -> None:
        registers = separate_registers(function, list(tile_calls(function)))
        drop_copies(function, list(tile_calls(function)))
        close_loops(function, registers.items())
        self.function, self.uses = function, function.use_map()
        self._uniformity = Uniformity(function, SHARED)
        blocks = [call.parent for call in tile_calls(function) if call.parent is not None]
        self._convergence = Convergence(function, blocks, self._uniformity.is_together)
        self.operations = list(_operations(function, registers))
        self._results = {id(one.call): one for one in self.operations if one.result is not None}
        self._known: dict[tuple[object, ...], Node | None] = {}
        found = [(one, [self._resolve(held, values, one.call) for held, values in _reads(one)]) for one in self.operations]
        self._joins = [self._resolve(one.result.held, phis, phis[0]) for one in self.operations if isinstance(one.result, Result)
                       for phis in self._following(one.result.values)]  # fmt: skip
        bad = self._bad()
        self._joins = [node for node in self._joins if node is not None and node not in bad]
        for one, nodes in found:
            one.operands = [Gathered(held, values, one.call) if node is None or node in bad else node
                            for node, (held, values) in zip(nodes, _reads(one), strict=True)]  # fmt: skip
        self.nodes = self._live()
        self._needed = self._find_needed(self._uses_through_nodes())

    def is_observed(self, node: Node) -> bool:
        """Whether lanes use the registers by themselves."""
        return any(id(value) in self._needed for value in self._all_values(node))

    def _all_values(self, node: Node) -> tuple[Value, ...]:
        """With registers that hold elements once more."""
        return self._results[id(node.anchor)].registers if isinstance(node, Result | Blocks) else node.values

    def _following(self, values: tuple[Value, ...]) -> Iterator[tuple[Phi, ...]]:
        """Phis that join all registers of a result, on the same way, with others."""
        for use in self.uses.of(values[0]):
            phi = use.user
            if isinstance(phi, Phi) and phi.parent is not None:
                others = phi.parent.phis()
                found = [next((p for p in others if p.operands[use.index] is value), None) for value in values]
                phis = tuple(one for one in found if one is not None)
                if len(phis) == len(values):
                    yield phis

    def _resolve(self, held: Held, values: tuple[Value, ...], user: Instruction) -> Node | None:
        """The node that these registers may be, `user` being where they are wanted. Operands that are none make it a bad one."""
        if all(value is values[0] or value == values[0] for value in values):
            value = filled_with(held, values[0])
            return Fill(held, (value,), user) if value is not None and self._is_same(value) else None
        key = (held, *map(id, values))
        if key not in self._known:
            self._known[key] = None
            self._make(key, held, values)
        return self._known[key]

    def _make(self, key: tuple[object, ...], held: Held, values: tuple[Value, ...]) -> None:
        phis = [value for value in values if isinstance(value, Phi)]
        if all(isinstance(value, Indexed) for value in values):
            self._known[key] = self._result(held, values) or self._assembled(held, values)
        elif len(phis) == len(values):
            self._join(key, held, phis)
        elif held.is_elementwise and (made := same_operation(values)) and _fits(made[0].type, held):
            self._map(key, held, made)

    def _result(self, held: Held, values: tuple[Value, ...]) -> Node | None:
        operation = self._results.get(id(values[0].operands[0]))  # type: ignore[attr-defined]
        result = operation.result if operation is not None else None
        same = result is not None and result.held == held and all(a is b for a, b in zip(result.values, values, strict=True))
        return result if same else None

    def _assembled(self, held: Held, values: tuple[Value, ...]) -> Node | None:
        operations = [self._results.get(id(value.operands[0])) for value in values]  # type: ignore[attr-defined]
        calls = [one.call for one in operations if one is not None and isinstance(one.result, Blocks)]
        if held.matrix == "c" or len(calls) != len(values) or any(call.parent is not calls[0].parent for call in calls):
            return None
        assert calls[0].parent is not None
        first = min(calls, key=calls[0].parent.instructions.index)
        found = zip(operations, values, strict=True)
        blocks = [(one.result, value.indices[0]) for one, value in found if one and one.result]  # type: ignore[attr-defined]
        return Assembled(held, values, first, list(blocks))

    def _is_same(self, value: Value) -> bool:
        """Whether the value is certainly the same in all lanes, or may be any."""
        return self._uniformity.is_same(value) or (isinstance(value, Keyword) and value.word in ("undef", "poison"))

    def _join(self, key: tuple[object, ...], held: Held, phis: list[Phi]) -> None:
        first, block = phis[0], phis[0].parent
        ways = first.operands[1::2]
        assert block is not None
        if all(phi.parent is block and phi.operands[1::2] == ways for phi in phis) and self._convergence.chooses_together(phis):
            node = self._known[key] = Joined(held, tuple(phis), first)
            for at, way in enumerate(ways):
                end = way.terminator  # type: ignore[attr-defined]
                node.incoming.append(self._resolve(held, tuple(phi.operands[2 * at] for phi in phis), end))

    def _map(self, key: tuple[object, ...], held: Held, made: tuple[Instruction, ...]) -> None:
        node = self._known[key] = Mapped(held, made, max(made, key=lambda i: i.parent.instructions.index(i)))  # type: ignore[union-attr]
        for position in range(int(isinstance(made[0], Call)), len(made[0].operands)):
            column = tuple(i.operands[position] for i in made)
            is_one = all(value is column[0] or value == column[0] for value in column) and self._is_same(column[0])
            node.operands.append(column[0] if is_one else self._resolve(held, column, node.anchor))

    def _bad(self) -> set[Node]:
        """Nodes that stand on registers which are no node."""
        bad: set[Node] = set()
        made = [node for node in self._known.values() if node is not None]
        while more := [n for n in made if n not in bad and any(one is None or one in bad for one in operands_of(n))]:
            bad.update(more)
        return bad

    def _live(self) -> list[Node]:
        """What operations need, and what they make."""
        found: dict[Node, None] = {}
        work = [node for one in self.operations for node in (*one.operands, one.result) if node is not None]
        work += [node for node in self._joins if node is not None]
        while work:
            node = work.pop()
            if node not in found:
                found[node] = None
                work += [one for one in operands_of(node) if isinstance(one, Node)]
        return list(found)

    def _uses_through_nodes(self) -> dict[int, set[int]]:
        """For each instruction the values that it uses as parts of nodes."""
        through: dict[int, set[int]] = {}
        for one in self.operations:
            for node, (_, values) in zip(one.operands, _reads(one), strict=True):
                if not isinstance(node, Gathered):
                    through.setdefault(id(one.call), set()).update(map(id, values))
        for node in self.nodes:
            if isinstance(node, Joined | Mapped):
                for value in node.values:
                    through[id(value)] = set(map(id, value.operands))  # type: ignore[attr-defined]
        return through

    def _find_needed(self, through: dict[int, set[int]]) -> set[int]:
        """Registers that must exist in lanes, and element-wise instructions that stay because of them."""
        own = [node for node in self.nodes if not isinstance(node, Fill | Gathered | Assembled)]
        parts = [(value, node) for node in own for value in self._all_values(node)]
        mapped = {id(value) for value, node in parts if isinstance(node, Mapped)}
        needed: set[int] = set()
        size = -1
        while size != len(needed):
            size = len(needed)
            for value, _ in parts:
                users = (use.user for use in self.uses.of(value))
                if any(id(value) not in through.get(id(user), ()) or (id(user) in mapped and id(user) in needed) for user in users):
                    needed.add(id(value))
        return needed


def operands_of(node: Node) -> list[Node | Value | None]:
    """What a node is made of."""
    if isinstance(node, Assembled):
        return [block for block, _ in node.blocks]
    return list(node.incoming) if isinstance(node, Joined) else list(node.operands) if isinstance(node, Mapped) else []


def _fits(kind: Type, held: Held) -> bool:
    """Whether elements of this type lie in the memory of the matrix."""
    bits = bits_of(kind)
    return bits is not None and bits <= 32 * held.words


def _operations(function: Function, registers: dict[Call, tuple[Indexed, ...]]) -> Iterator[Operation]:
    for call in tile_calls(function):
        form = form_of(call.callee_name or "")
        if form is None:
            continue
        operation = Operation(call, form, registers=registers.get(call, ()))
        held = form.held if isinstance(form, Move) and form.is_load else form.d if isinstance(form, Multiply) else None
        if isinstance(form, Rows) and form.function == "load_rows":
            operation.result = Blocks(Held("s32", "c", 8 * form.count, 4, form.count), operation.registers, call)
        if held is not None:
            operation.result = Result(held, operation.registers[: held.registers], call)
        yield operation


def _reads(operation: Operation) -> Iterator[tuple[Held, tuple[Value, ...]]]:
    """The matrices an operation takes in registers. Of those that hold elements more than once the first are enough."""
    form, call = operation.form, operation.call
    if isinstance(form, Multiply):
        yield from zip((form.a, form.b, form.c), map(tuple, operands(call, form.product)), strict=True)
    elif isinstance(form, Move) and not form.is_load:
        yield form.held, tuple(call.arguments[1 : 1 + form.held.registers])
