"""Fragments of a function: registers that hold a matrix together, and where they come from.

    %1 = call { float, float } @__cw.tile.mma...        Made: the product's result
    %c0 = phi float [ 0.0, %entry ], [ %10, %loop ]     Merged: registers of one matrix are phis of one block
    %c1 = phi float [ 0.0, %entry ], [ %11, %loop ]
    %s0 = fmul float %c0, %alpha                        Combined: the same operation on each element
    %s1 = fmul float %c1, %alpha

What is not understood is Foreign: its registers are those of the documented layout. So every answer is right, some are slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crosswarp.ir.constants import Constant
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Indexed, Instruction, Phi
from crosswarp.ir.tiles.calls import tile_calls
from crosswarp.ir.tiles.convergence import Convergence
from crosswarp.ir.tiles.elementwise import same_operation
from crosswarp.ir.tiles.operations import Load, Matrix, Operation, Product, Store, operands, operation_of
from crosswarp.ir.tiles.registers import is_zero
from crosswarp.ir.types import Type
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value

Registers = tuple[Value, ...]


@dataclass(eq=False)
class Fragment:
    """A matrix in registers. `inputs` are the fragments that it is made of, in the source's order."""

    matrix: Matrix
    registers: Registers
    source: Source
    inputs: list[Fragment] = field(default_factory=list)

    @property
    def element(self) -> Type:
        """The type of an element as it is computed with: that of the registers where each holds one."""
        return self.registers[0].type if self.matrix.in_register == 1 else self.matrix.element


@dataclass(frozen=True)
class Loaded:
    """By a `wmma.load`."""

    call: Call
    operation: Load


@dataclass(frozen=True)
class Made:
    """By a product; the inputs are A, B and C."""

    call: Call
    operation: Product


@dataclass(frozen=True)
class Merged:
    """By phis of one block; an input for each of `blocks`."""

    block: Block
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Combined:
    """By the same instruction on every element. `operands`: a value that all elements share, or None for the next of the inputs."""

    instructions: tuple[Instruction, ...]
    operands: tuple[Value | None, ...]


@dataclass(frozen=True)
class Filled:
    """The same value everywhere."""

    value: Value


@dataclass(frozen=True)
class Foreign:
    """In the documented layout, from anywhere."""


Source = Loaded | Made | Merged | Combined | Filled | Foreign


class Fragments:
    """The fragments that products and stores of a function use or make."""

    def __init__(self, function: Function, is_uniform: Callable[[Value], bool], is_native: Callable[[Product], bool],
                 is_together: Callable[[Block], bool]) -> None:
        """`is_uniform`: whether a value is the same in all lanes of a warp. `is_native`: whether the target does a product.

        `is_together`: whether a block is known to be reached by all lanes of a warp together.
        """
        self.function, self._is_uniform = function, is_uniform
        self.uses = UseMap(function)
        understood = _operations(function, is_native)
        self.calls: dict[Call, Operation] = {call: operation for call, operation in understood if self._is_taken_apart(call)}
        blocks = [call.parent for call in tile_calls(function) if call.parent is not None]
        self.convergence = Convergence(function, blocks, is_together)
        self.stored: dict[Call, Fragment] = {}
        self._known: dict[tuple[int, ...], Fragment] = {}
        self._collect()
        self._follow()
        self._keep_what_cannot_be_observed()
        self._keep_what_is_no_fragment()

    @property
    def all(self) -> list[Fragment]:
        """Every fragment, in the order of discovery."""
        return list(self._known.values())

    def products(self) -> Iterator[tuple[Call, Product, Fragment]]:
        """Each product with its result."""
        for fragment in self.all:
            if isinstance(fragment.source, Made):
                yield fragment.source.call, fragment.source.operation, fragment

    def outside(self, fragment: Fragment) -> list[Block]:
        """Where registers of a fragment are used by what is no part of another one: their documented places are observed there."""
        users = self.users(fragment, self.uses)
        if not users:
            return []
        home = place_of(fragment)
        return [self.convergence.meeting(home, users)] if home is not None else users

    def users(self, fragment: Fragment, uses: UseMap) -> list[Block]:
        """The blocks in which something else than a fragment's instruction uses a register; of a phi the block it comes from."""
        found: dict[Block, None] = {}
        for register in fragment.registers if self.is_vector(fragment) else ():
            for use in uses.of(register):
                if use.user not in self.absorbed and use.user.parent is not None:
                    source = use.user.operands[use.index + 1] if isinstance(use.user, Phi) else use.user.parent
                    assert isinstance(source, Block)
                    found[source] = None
        return list(found)

    @cached_property
    def absorbed(self) -> set[Instruction]:
        """Instructions that fragments stand for. Element-wise ones stay where a user stands before the last of them."""
        found: set[Instruction] = set(self.calls)
        for fragment in self.all:
            if not isinstance(fragment.source, Foreign | Filled):
                found.update(register for register in fragment.registers if isinstance(register, Instruction))
        place = {one: n for n, one in enumerate(self.function.instructions())}
        combined = [each.source.instructions for each in self.all if isinstance(each.source, Combined)]
        while early := [each for each in combined if found.issuperset(each) and self._is_used_early(each, found, place)]:
            for instructions in early:
                found.difference_update(instructions)
        return found

    def _is_used_early(self, instructions: Sequence[Instruction], absorbed: set[Instruction],
                       place: dict[Instruction, int]) -> bool:  # fmt: skip
        last = max(place[one] for one in instructions)
        users = (use.user for one in instructions for use in self.uses.of(one))
        return any(user not in absorbed and user.opcode != "phi" and user.parent is instructions[0].parent and place[user] < last
                   for user in users)

    def is_vector(self, fragment: Fragment) -> bool:
        """Whether nothing is left of its registers: what uses one by itself gets it from the vector."""
        source = fragment.source
        return not isinstance(source, Foreign | Filled) and not (
            isinstance(source, Combined) and not self.absorbed.issuperset(source.instructions))

    def stores_of(self, fragment: Fragment) -> Iterator[tuple[Block, bool]]:
        """Where a fragment is stored, and whether by rows."""
        for call, stored in self.stored.items():
            operation = self.calls[call]
            if stored is fragment and isinstance(operation, Store) and call.parent is not None:
                yield call.parent, operation.by_rows

    def _collect(self) -> None:
        for call, operation in self.calls.items():
            if isinstance(operation, Store):
                registers = call.arguments[1 : 1 + operation.matrix.registers]
                self.stored[call] = self._find(operation.matrix, tuple(registers))
            else:
                self._result(call, operation)

    def _result(self, call: Call, operation: Load | Product) -> Fragment | None:
        """The fragment that a call gives; None where its result is not taken apart."""
        matrix = operation.matrix if isinstance(operation, Load) else operation.d
        parts = self._parts(call)
        if any(n not in parts for n in range(matrix.registers)):
            return None
        return self._find(matrix, tuple(parts[n] for n in range(matrix.registers)))

    def _is_taken_apart(self, call: Call) -> bool:
        return all(isinstance(use.user, Indexed) and use.user.opcode == "extractvalue" for use in self.uses.of(call))

    def _parts(self, call: Call) -> dict[int, Value]:
        found: dict[int, Value] = {}
        for use in self.uses.of(call):
            if use.user.opcode == "extractvalue" and isinstance(use.user, Indexed):
                found.setdefault(use.user.indices[0], use.user)
        return found

    def _keep_what_cannot_be_observed(self) -> None:
        """Fragments that are observed where lanes may be missing stay registers in the documented layout."""
        while lost := [each for each in self.all if self.is_vector(each) and not self._is_observed_by_all(each)]:
            for fragment in lost:
                fragment.source, fragment.inputs = Foreign(), []
            del self.absorbed
        self.__dict__.pop("absorbed", None)  # calls may still be taken out

    def _is_observed_by_all(self, fragment: Fragment) -> bool:
        home, users = place_of(fragment), self.users(fragment, self.uses)
        return home is None or not users or self.convergence.is_whole(self.convergence.meeting(home, users))

    def _keep_what_is_no_fragment(self) -> None:
        """Calls whose registers were not recognised stay as they are."""
        made = {each.source.call for each in self.all if isinstance(each.source, Loaded | Made)}
        for call, operation in list(self.calls.items()):
            if not isinstance(operation, Store) and call not in made and self.uses.is_used(call):
                del self.calls[call]

    def _follow(self) -> None:
        """Phis behind the loops that fragments leave."""
        todo = self.all
        while todo:
            before = len(self._known)
            for fragment in todo:
                if not isinstance(fragment.source, Foreign | Filled):
                    for registers in self._phis_of(fragment):
                        self._find(fragment.matrix, registers)
            todo = self.all[before:]

    def _phis_of(self, fragment: Fragment) -> Iterator[Registers]:
        rows = [[use.user for use in self.uses.of(register) if isinstance(use.user, Phi)] for register in fragment.registers]
        if len({id(register) for register in fragment.registers}) != len(fragment.registers):
            return
        for first in rows[0]:
            beside = [[phi for phi in row if phi.parent is first.parent] for row in rows]
            if all(len(row) == 1 for row in beside):
                yield tuple(row[0] for row in beside)

    def _find(self, matrix: Matrix, registers: Registers) -> Fragment:
        key = tuple(map(id, registers))
        if key not in self._known:
            fragment = self._known[key] = Fragment(matrix, registers, Foreign())
            self._understand(fragment)
        return self._known[key]

    def _understand(self, fragment: Fragment) -> None:
        registers = fragment.registers
        if self._is_filled(fragment):
            fragment.source = Filled(registers[0])
        elif all(isinstance(register, Indexed) and register.opcode == "extractvalue" for register in registers):
            self._taken(fragment)
        elif all(isinstance(register, Phi) and register.parent is registers[0].parent for register in registers):  # type: ignore[attr-defined]
            self._merged(fragment)
        elif fragment.matrix.in_register == 1:
            self._combined(fragment)

    def _is_filled(self, fragment: Fragment) -> bool:
        value, registers = fragment.registers[0], fragment.registers
        if not all(register is value for register in registers) and not _same_constants(registers):
            return False
        return self._is_uniform(value) and (fragment.matrix.in_register == 1 or is_zero(value))

    def _taken(self, fragment: Fragment) -> None:
        """Registers that an operation gives, in its order."""
        parts = [register for register in fragment.registers if isinstance(register, Indexed)]
        call = parts[0].operands[0]
        if not isinstance(call, Call) or call not in self.calls or any(
                part.operands[0] is not call or part.indices[0] != n for n, part in enumerate(parts)):
            return
        operation = self.calls[call]
        if isinstance(operation, Load) and operation.matrix.sides == fragment.matrix.sides:
            fragment.source = Loaded(call, operation)
        elif isinstance(operation, Product) and operation.d.sides == fragment.matrix.sides:
            fragment.source = Made(call, operation)
            parted = zip((operation.a, operation.b, operation.c), operands(call, operation), strict=True)
            fragment.inputs = [self._find(matrix, tuple(values)) for matrix, values in parted]

    def _merged(self, fragment: Fragment) -> None:
        phis = [register for register in fragment.registers if isinstance(register, Phi)]
        block = phis[0].parent
        assert block is not None
        incoming = [dict((id(source), value) for value, source in phi.incoming) for phi in phis]
        blocks = tuple(source for _, source in phis[0].incoming)
        if len({id(source) for source in blocks}) != len(blocks) or not self.convergence.chooses_together(phis):
            return
        fragment.source = Merged(block, blocks)
        fragment.inputs = [self._find(fragment.matrix, tuple(values[id(source)] for values in incoming)) for source in blocks]

    def _combined(self, fragment: Fragment) -> None:
        instructions = same_operation(fragment.registers)
        if instructions is None:
            return
        shared: list[Value | None] = []
        for column in zip(*(each.operands for each in instructions), strict=True):
            one = all(value is column[0] for value in column) or _same_constants(column)
            if one and self._is_uniform(column[0]):
                shared.append(column[0])
                continue
            shared.append(None)
            fragment.inputs.append(self._find(fragment.matrix, tuple(column)))
        if all(isinstance(each.source, Foreign | Filled) for each in fragment.inputs):
            fragment.inputs = []
            return
        fragment.source = Combined(instructions, tuple(shared))


def place_of(fragment: Fragment) -> Block | None:
    """The block where a fragment is made; None for what is not made of instructions."""
    source = fragment.source
    if isinstance(source, Loaded | Made):
        return source.call.parent
    return source.block if isinstance(source, Merged) else source.instructions[0].parent if isinstance(source, Combined) else None


def _operations(function: Function, is_native: Callable[[Product], bool]) -> Iterator[tuple[Call, Operation]]:
    for call in tile_calls(function):
        operation = operation_of(call)
        if operation is not None and (not isinstance(operation, Product) or is_native(operation)):
            yield call, operation


def _same_constants(values: Sequence[Value]) -> bool:
    return all(isinstance(value, Constant) and value.type is values[0].type and str(value) == str(values[0]) for value in values)
