"""Where fragments are there: behind their instructions, and behind what they are computed of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Instruction, Phi
from crosswarp.ir.tiles.sources import Computed, Foreign, Fragment, Loaded, Made, Merged, Moved


class Places:
    """Of all fragments of a function. `order`: its blocks, so that of two that dominate a common one the dominated comes later."""

    def __init__(self, function: Function, order: Sequence[Block], fragments: Sequence[Fragment]) -> None:
        self._first = function.entry
        self._numbers: dict[Instruction, int] = {}
        for block in order:
            for one in block.instructions:
                self._numbers[one] = len(self._numbers)
        self._in_order = list(self._numbers)
        self._fragments = fragments
        made = [each for each in fragments if isinstance(each.source, Computed)]
        self._owners = {id(register): each for each in made for register in each.registers}
        self._own = {each: self._own_end(each) for each in fragments}
        self._ends = self._with_inputs()

    def number(self, one: Instruction) -> int:
        """A higher one than that of what stands before it."""
        return self._numbers.get(one, -1)

    def end(self, fragment: Fragment) -> int:
        """The number of the last instruction that a fragment waits for; that of its call or of its first phi."""
        return self._ends[fragment]

    def after(self, fragment: Fragment) -> Instruction:
        """The instruction before which a fragment is there: its call, what follows its phis or the last that it waits for."""
        source = fragment.source
        if isinstance(source, Loaded | Made):
            return source.call
        if isinstance(source, Merged):
            return first_of(source.block)
        end = self._ends[fragment]
        return _next(self._in_order[end]) if end >= 0 else first_of(self._first)

    def late(self, stored: Mapping[Call, Fragment]) -> Iterator[Fragment]:
        """Fragments which products or stores wait for that stand before the last of their instructions."""
        for fragment in self._fragments:
            if isinstance(fragment.source, Made):
                for each in fragment.inputs:
                    yield from self._later(each, self.number(fragment.source.call))
        for call, fragment in stored.items():
            yield from self._later(fragment, self.number(call))

    def _later(self, fragment: Fragment, number: int) -> Iterator[Fragment]:
        todo, seen = [fragment], {fragment}
        while todo:
            one = todo.pop()
            if not isinstance(one.source, Computed | Moved | Foreign) or self._ends[one] <= number:
                continue
            if self._own[one] > number:
                yield one
            fresh = [each for each in self._waits(one) if each not in seen]
            seen.update(fresh)
            todo += fresh

    def _waits(self, fragment: Fragment) -> list[Fragment]:
        """What it is computed of; registers from elsewhere may be those of another fragment."""
        if isinstance(fragment.source, Foreign):
            return [self._owners[id(each)] for each in fragment.registers if id(each) in self._owners]
        return fragment.inputs if isinstance(fragment.source, Computed | Moved) else []

    def _own_end(self, fragment: Fragment) -> int:
        source = fragment.source
        if isinstance(source, Loaded | Made):
            return self.number(source.call)
        if isinstance(source, Merged):
            return self.number(source.block.instructions[0])
        values = source.instructions if isinstance(source, Computed) else () if isinstance(source, Moved) else fragment.registers
        return max((self.number(value) for value in values if isinstance(value, Instruction)), default=-1)

    def _with_inputs(self) -> dict[Fragment, int]:
        ends, waiting = dict(self._own), {each: self._waits(each) for each in self._fragments}
        changed = True
        while changed:
            changed = False
            for fragment, others in reversed(waiting.items()):
                end = max([ends[fragment], *(ends[each] for each in others)])
                if end != ends[fragment]:
                    ends[fragment], changed = end, True
        return ends


def first_of(block: Block) -> Instruction:
    """The first instruction that is no phi, behind the variables of an entry."""
    return next(each for each in block.instructions if each.opcode not in ("phi", "alloca"))


def _next(instruction: Instruction) -> Instruction:
    block = instruction.parent
    assert block is not None
    return first_of(block) if isinstance(instruction, Phi) else block.instructions[block.index(instruction) + 1]


