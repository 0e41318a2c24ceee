"""Finds fragments: backwards from what products and stores take, forwards to what is computed of what they give.

Larger fragments are looked at first, so that parts of them are found to be parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush

from crosswarp.ir.constants import Constant
from crosswarp.ir.instructions import Call, Indexed, Instruction, Phi
from crosswarp.ir.tiles.convergence import Convergence
from crosswarp.ir.tiles.elementwise import is_elementwise, same_operation
from crosswarp.ir.tiles.following import Followers
from crosswarp.ir.tiles.halves import half_of, pair_of
from crosswarp.ir.tiles.lanes import LaneMoves
from crosswarp.ir.tiles.operations import Load, Operation, Product, Store, operands
from crosswarp.ir.tiles.parts import Elements, Part, Way, is_linear, part_of
from crosswarp.ir.tiles.registers import is_zero
from crosswarp.ir.tiles.sources import (
    Combined,
    Computed,
    Filled,
    Flipped,
    Foreign,
    Fragment,
    Loaded,
    Made,
    Merged,
    Moved,
    Packed,
    Registers,
    Unpacked,
)
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value

_Key = tuple[object, ...]


class Finder:
    """Of one function; `known` are the fragments by their registers."""

    def __init__(self, calls: dict[Call, Operation], uses: UseMap, convergence: Convergence, moves: LaneMoves,
                 is_uniform: Callable[[Value], bool]) -> None:
        self.calls, self.uses, self.convergence, self._moves, self._is_uniform = calls, uses, convergence, moves, is_uniform
        self.known: dict[_Key, Fragment] = {}
        self.stored: dict[Call, Fragment] = {}
        self._todo: list[tuple[int, int, Fragment]] = []
        self._ahead: list[tuple[int, int, Fragment]] = []
        self._owners: dict[int, tuple[Fragment, int]] = {}
        self._followers = Followers(uses, self._is_open)

    def _is_open(self, one: Instruction) -> bool:
        """Whether an instruction may still become a fragment's."""
        return id(one) not in self._owners and one.parent is not None and self.convergence.is_whole(one.parent) and (
            is_elementwise(one) or (isinstance(one, Call) and self._moves.flip(one) is not None))

    def run(self) -> None:
        """Everything."""
        results = [self._result(call, operation) for call, operation in self.calls.items() if not isinstance(operation, Store)]
        for result in results:
            if result is not None:
                self._taken(result)
        for call, operation in self.calls.items():
            if isinstance(operation, Store):
                self.stored[call] = self.find(operation.matrix, call.arguments[1 : 1 + operation.matrix.registers])
        self._understand_all()
        while self._ahead:
            self._follow(heappop(self._ahead)[2])
            self._understand_all()
        self._forget_what_is_not_made_of_fragments()

    def find(self, matrix: Elements, registers: Sequence[Value]) -> Fragment:
        """The fragment that these registers hold."""
        key = (matrix.layout, matrix.in_register, *map(id, registers))
        if key not in self.known:
            fragment = self.known[key] = Fragment(matrix, tuple(registers), Foreign())
            for queue in (self._todo, self._ahead):
                heappush(queue, (-fragment.matrix.layout.size("register"), len(self.known), fragment))
        return self.known[key]

    def _understand_all(self) -> None:
        while self._todo:
            _, _, fragment = heappop(self._todo)
            if isinstance(fragment.source, Foreign):
                self._understand(fragment)
                self._own(fragment)

    def _own(self, fragment: Fragment) -> None:
        """Its registers are looked up here when a part of them is asked for."""
        if not isinstance(fragment.source, Foreign | Filled | Moved):
            for number, register in enumerate(fragment.registers):
                self._owners.setdefault(id(register), (fragment, number))

    def _understand(self, fragment: Fragment) -> None:
        ways = (self._filled, self._moved, self._taken, self._merged, self._halves, self._flipped, self._combined)
        any(way(fragment) for way in ways)

    def _filled(self, fragment: Fragment) -> bool:
        value, registers = fragment.registers[0], fragment.registers
        if not all(register is value for register in registers) and not _same_constants(registers):
            return False
        if not self._is_uniform(value) or not (fragment.matrix.in_register == 1 or is_zero(value)):
            return False
        fragment.source = Filled(value)
        return True

    def _moved(self, fragment: Fragment) -> bool:
        """Registers of another fragment; those that repeat or are the same in all lanes become a smaller one."""
        if fragment.matrix.in_register > 1 or fragment.matrix.layout.has_copies:
            return False
        found = self._of_another(fragment) or self._repeated(fragment)
        if found is None:
            return False
        other, numbers = found
        if not is_linear(numbers):
            return False
        fragment.source, fragment.inputs = Moved(Way.of(fragment.matrix.layout, other.matrix.layout, numbers)), [other]
        return True

    def _of_another(self, fragment: Fragment) -> tuple[Fragment, list[int]] | None:
        found = [self._owners.get(id(register)) for register in fragment.registers]
        if found[0] is None or found[0][0] is fragment or found[0][0].matrix.in_register > 1:
            return None
        owner = found[0][0]
        numbers = [each[1] for each in found if each is not None and each[0] is owner]
        return (owner, numbers) if len(numbers) == len(found) else None

    def _repeated(self, fragment: Fragment) -> tuple[Fragment, list[int]] | None:
        registers, count = fragment.registers, len(fragment.registers)
        bits = range(count.bit_length() - 1)
        kept = [bit for bit in bits if any(registers[n] is not registers[n ^ 1 << bit] for n in range(count))]
        is_uniform = all(map(self._is_uniform, registers))
        if len(kept) == len(bits) and not is_uniform:
            return None
        numbers = [sum(1 << to for to, bit in enumerate(kept) if n >> bit & 1) for n in range(count)]
        chosen = [registers[sum(1 << bit for to, bit in enumerate(kept) if n >> to & 1)] for n in range(1 << len(kept))]
        return self.find(part_of(fragment.matrix.layout, kept, with_lanes=not is_uniform), chosen), numbers

    def _result(self, call: Call, operation: Load | Product) -> Fragment | None:
        """The fragment that a call gives; None where its result is not taken apart."""
        matrix = operation.matrix if isinstance(operation, Load) else operation.d
        parts = self._parts(call)
        if any(n not in parts for n in range(matrix.registers)):
            return None
        return self.find(matrix, [parts[n] for n in range(matrix.registers)])

    def _parts(self, call: Call) -> dict[int, Value]:
        found: dict[int, Value] = {}
        for use in self.uses.of(call):
            if use.user.opcode == "extractvalue" and isinstance(use.user, Indexed):
                found.setdefault(use.user.indices[0], use.user)
        return found

    def _taken(self, fragment: Fragment) -> bool:
        """Registers that an operation gives, in its order."""
        parts = [register for register in fragment.registers if isinstance(register, Indexed) and register.opcode == "extractvalue"]
        call = parts[0].operands[0] if len(parts) == len(fragment.registers) else None
        if not isinstance(call, Call) or call not in self.calls or any(
                part.operands[0] is not call or part.indices[0] != n for n, part in enumerate(parts)):
            return False
        operation = self.calls[call]
        if isinstance(operation, Load) and _is_held_alike(operation.matrix, fragment.matrix):
            fragment.source = Loaded(call, operation)
        elif isinstance(operation, Product) and _is_held_alike(operation.d, fragment.matrix):
            fragment.source = Made(call, operation)
            parted = zip((operation.a, operation.b, operation.c), operands(call, operation), strict=True)
            fragment.inputs = [self.find(matrix, values) for matrix, values in parted]
        else:
            return False
        self._own(fragment)
        return True

    def _merged(self, fragment: Fragment) -> bool:
        phis = [register for register in fragment.registers if isinstance(register, Phi)]
        block = phis[0].parent if phis else None
        if block is None or len(phis) < len(fragment.registers) or any(phi.parent is not block for phi in phis):
            return False
        incoming = [dict((id(source), value) for value, source in phi.incoming) for phi in phis]
        blocks = tuple(source for _, source in phis[0].incoming)
        if len({id(source) for source in blocks}) != len(blocks) or not self.convergence.chooses_together(phis):
            return False
        fragment.source = Merged(block, blocks)
        fragment.inputs = [self.find(fragment.matrix, [values[id(source)] for values in incoming]) for source in blocks]
        return True

    def _halves(self, fragment: Fragment) -> bool:
        return self._packed(fragment) if fragment.matrix.in_register == 2 else self._unpacked(fragment)

    def _packed(self, fragment: Fragment) -> bool:
        pairs = [pair_of(register) for register in fragment.registers]
        words = _of_one_block(fragment.registers)
        if words is None:
            return False
        found = [pair for pair in pairs if pair is not None]
        elements = [element for pair in found for element in (pair.low, pair.high)]
        if len(found) < len(pairs) or len({element.type for element in elements}) > 1:
            return False
        fragment.source = Packed(words, tuple(one for pair in found for one in pair.between))
        fragment.inputs = [self.find(Part(fragment.matrix.layout), elements)]
        return True

    def _unpacked(self, fragment: Fragment) -> bool:
        """All elements of a fragment that has two in a register, or some of them."""
        halves = [half for half in map(half_of, fragment.registers) if half is not None]
        owners = [self._owners.get(id(half.word)) for half in halves]
        if len(halves) < len(fragment.registers) or owners[0] is None or owners[0][0].matrix.in_register != 2:
            return False
        owner = owners[0][0]
        numbers = [2 * each[1] + half.number for each, half in zip(owners, halves, strict=True) if each and each[0] is owner]
        instructions = _of_one_block(fragment.registers)
        if instructions is None or len(numbers) < len(halves) or len({each.type for each in instructions}) > 1:
            return False
        if numbers != list(range(2 * len(owner.registers))) or owner.matrix.layout != fragment.matrix.layout:
            return self._of_all_halves(fragment, owner)
        fragment.source = Unpacked(instructions, tuple(one for half in halves for one in half.between))
        fragment.inputs = [owner]
        return True

    def _of_all_halves(self, fragment: Fragment, owner: Fragment) -> bool:
        elements = self._elements(owner)
        if elements is not None:
            self._understand_now(self.find(Part(owner.matrix.layout), elements))
        return elements is not None and self._moved(fragment)

    def _understand_now(self, fragment: Fragment) -> None:
        if isinstance(fragment.source, Foreign):
            self._understand(fragment)
            self._own(fragment)

    def _elements(self, fragment: Fragment) -> list[Value] | None:
        """The elements of a fragment that has two in a register, where the program takes out all of them."""
        found: dict[tuple[int, int], Value] = {}
        for n, register in enumerate(fragment.registers):
            for value in self._behind(register, 3):
                half = half_of(value)
                if half is not None and half.word is register:
                    found.setdefault((n, half.number), value)
        wanted = [(n, number) for n in range(len(fragment.registers)) for number in range(2)]
        return [found[each] for each in wanted] if len(found) == len(wanted) else None

    def _behind(self, value: Value, steps: int) -> Iterator[Instruction]:
        for use in self.uses.of(value):
            if use.user.opcode in ("bitcast", "trunc", "lshr", "ashr", "extractelement"):
                yield use.user
                yield from self._behind(use.user, steps - 1) if steps else ()

    def _flipped(self, fragment: Fragment) -> bool:
        calls = [register for register in fragment.registers if isinstance(register, Call)]
        found = [flip for flip in map(self._moves.flip, calls) if flip is not None]
        if len(found) < len(fragment.registers) or len({lanes for _, lanes in found}) > 1 or fragment.matrix.in_register > 1:
            return False
        block, layout = calls[0].parent, fragment.matrix.layout
        if block is None or any(call.parent is not block for call in calls) or layout.has_copies:
            return False
        if not self.convergence.is_whole(block):
            return False
        way = Way.of(layout, layout, range(len(calls)), found[0][1])
        fragment.source, fragment.inputs = Flipped(tuple(calls), way), [self.find(fragment.matrix, [word for word, _ in found])]
        return True

    def _combined(self, fragment: Fragment) -> bool:
        instructions = same_operation(fragment.registers) if fragment.matrix.in_register == 1 else None
        if instructions is None:
            return False
        shared: list[Value | None] = []
        for column in zip(*(each.operands for each in instructions), strict=True):
            one = all(value is column[0] for value in column) or _same_constants(column)
            if one and self._is_uniform(column[0]):
                shared.append(column[0])
                continue
            shared.append(None)
            fragment.inputs.append(self.find(Part(fragment.matrix.layout), column))
        fragment.source = Combined(instructions, tuple(shared))
        return True

    def _forget_what_is_not_made_of_fragments(self) -> None:
        """Arithmetic on registers from elsewhere stays as it is, and so does what leads to no product, phi or store."""
        while lost := [*self._from_elsewhere(), *filter(self._is_of_some_lanes, self.known.values()), *self._unneeded()]:
            for fragment in lost:
                fragment.forget()

    def _from_elsewhere(self) -> list[Fragment]:
        """What is made of no product and no load. Phis that products take stay, and registers that repeat are exchanged once."""
        made = {each for each in self.known.values() if isinstance(each.source, Made | Loaded)}
        while more := [each for each in self.known.values() if each not in made and not made.isdisjoint(each.inputs)]:
            made.update(more)
        todo = [*self.stored.values(), *(other for each in made if isinstance(each.source, Made) for other in each.inputs)]
        while todo:
            one = todo.pop()
            if isinstance(one.source, Merged) and one not in made:
                made.add(one)
                todo += one.inputs
        spread = {each for each in self.known.values() if isinstance(each.source, Moved) and each.source.way.repeats}
        return [each for each in self.known.values() if each.inputs and each not in made and each not in spread]

    def _is_of_some_lanes(self, fragment: Fragment) -> bool:
        """Whether registers from elsewhere that it is computed of may be there in one lane later than in another."""
        others = [each for each in fragment.inputs if isinstance(each.source, Foreign)]
        registers = [one for each in others for one in each.registers if isinstance(one, Instruction)]
        return isinstance(fragment.source, Computed | Moved) and any(
            one.parent is not None and not self.convergence.is_whole(one.parent) for one in registers)

    def _unneeded(self) -> list[Fragment]:
        todo = [*self.stored.values(), *(each for each in self.known.values() if isinstance(each.source, Made | Merged))]
        needed = set(todo)
        while todo:
            fresh = [each for each in todo.pop().inputs if each not in needed]
            needed.update(fresh)
            todo += fresh
        kept = Loaded | Foreign | Filled
        return [each for each in self.known.values() if each not in needed and not isinstance(each.source, kept)]

    def _follow(self, fragment: Fragment) -> None:
        """Phis behind the loops that fragments leave, and the same operations on a part of the registers."""
        registers = fragment.registers
        if isinstance(fragment.source, Foreign | Filled) or len({id(register) for register in registers}) != len(registers):
            return
        for phis in self._phis_of(fragment):
            self.find(fragment.matrix, phis)
        elements = self._elements(fragment) if fragment.matrix.in_register == 2 else None
        if elements is not None:
            self.find(Part(fragment.matrix.layout), elements)
        if fragment.matrix.in_register == 1 and not isinstance(fragment.source, Moved) and not fragment.matrix.layout.has_copies:
            for bits, users in self._followers.of(fragment):
                self.find(part_of(fragment.matrix.layout, bits), users)
                self._understand_all()

    def _phis_of(self, fragment: Fragment) -> Iterator[Registers]:
        rows = [[use.user for use in self.uses.of(register) if isinstance(use.user, Phi)] for register in fragment.registers]
        for first in rows[0]:
            beside = [[phi for phi in row if phi.parent is first.parent] for row in rows]
            if all(len(row) == 1 for row in beside):
                yield tuple(row[0] for row in beside)


def _is_held_alike(one: Elements, other: Elements) -> bool:
    return one.sides == other.sides and one.in_register == other.in_register


def _of_one_block(values: Sequence[Value]) -> tuple[Instruction, ...] | None:
    found = tuple(value for value in values if isinstance(value, Instruction))
    return found if len(found) == len(values) and all(each.parent is found[0].parent for each in found) else None


def _same_constants(values: Sequence[Value]) -> bool:
    return all(isinstance(value, Constant) and value.type is values[0].type and str(value) == str(values[0]) for value in values)
