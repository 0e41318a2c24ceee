"""What is computed of a part of a fragment's registers, in the same way of each.

    %t0 = fadd float %u0, %s0       registers 0 and 2 of the fragment: rows of one column
    %t1 = fadd float %u1, %s2

In a loop over columns each lane adds up what it holds of a row, so that sums of rows begin like this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from crosswarp.ir.function import Block
from crosswarp.ir.instructions import Instruction
from crosswarp.ir.tiles.elementwise import description
from crosswarp.ir.tiles.linear import applied
from crosswarp.ir.tiles.sources import Fragment
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value

_MOST_BITS = 4


class Followers:
    """`is_open`: whether an instruction may become one of a fragment's."""

    def __init__(self, uses: UseMap, is_open: Callable[[Instruction], bool]) -> None:
        self._uses, self._is_open = uses, is_open
        self._places: dict[Block, dict[int, int]] = {}

    def of(self, fragment: Fragment) -> Iterator[tuple[tuple[int, ...], tuple[Instruction, ...]]]:
        """Bits of the registers' numbers, and an instruction for each number of these: as many as can be, first."""
        bits = range(len(fragment.registers).bit_length() - 1)
        for count in range(min(len(bits), _MOST_BITS), 0 if bits else -1, -1):
            for kept in combinations(bits, count):
                for registers in _parts(fragment.registers, kept):
                    yield from ((kept, users) for users in self._alike(registers))

    def _alike(self, registers: Sequence[Value]) -> Iterator[tuple[Instruction, ...]]:
        for use in self._uses.of(registers[0]):
            if use.nested or not self._is_open(use.user):
                continue
            group = [use.user]
            for register in registers[1:]:
                group += self._next(register, use.index, group)[:1]
            if len(group) == len(registers) and self._is_independent(group):
                yield tuple(group)

    def _next(self, register: Value, index: int, group: Sequence[Instruction]) -> list[Instruction]:
        return [use.user for use in self._uses.of(register) if use.index == index and not use.nested and use.user not in group
                and description(use.user) == description(group[0]) and self._is_open(use.user)]  # fmt: skip

    def _is_independent(self, group: Sequence[Instruction]) -> bool:
        """Whether none is computed of another one."""
        places = self._places_in(group[0].parent)
        first, seen = min(places[id(one)] for one in group), set[int]()
        todo = [operand for one in group for operand in one.operands]
        while todo:
            one = todo.pop()
            if id(one) in seen or places.get(id(one), -1) < first or not isinstance(one, Instruction) or one.opcode == "phi":
                continue
            if one in group:
                return False
            seen.add(id(one))
            todo += one.operands
        return True

    def _places_in(self, block: Block | None) -> dict[int, int]:
        assert block is not None
        if block not in self._places:
            self._places[block] = {id(one): n for n, one in enumerate(block.instructions)}
        return self._places[block]


def _parts(registers: Sequence[Value], kept: Sequence[int]) -> Iterator[list[Value]]:
    inside = [1 << bit for bit in kept]
    for first in range(len(registers)):
        if not any(first & bit for bit in inside):
            yield [registers[first ^ applied(inside, n)] for n in range(1 << len(inside))]
