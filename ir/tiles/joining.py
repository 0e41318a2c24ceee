"""Two products as one larger one, in the registers that PTX documents for its shape.

%d0 = mma.m16n8k16 (%a, %b0, %c0)                  %d = mma.m16n16k16 (%a, %b0 %b1, %c0 %c1)      side n: A is the same
%d1 = mma.m16n8k16 (%a, %b1, %c1)
%d = mma.m16n8k8 (%a1, %b1, mma.m16n8k8 (%a0, %b0, %c))    ->    mma.m16n8k16 (%a0 %a1, %b0 %b1, %c)    side k: one after the other
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from crosswarp.ir.builder import Builder
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix.outline import made
from crosswarp.ir.tiles.names import EXACT, TILE
from crosswarp.ir.tiles.operations import Matrix, Product, operands, operation_named
from crosswarp.ir.types import FunctionType, StructType, struct_of
from crosswarp.ir.values import Value

_SHAPE = re.compile(r"m(\d+)n(\d+)k(\d+)")
_AXES = {"m": {"a": 0, "c": 0}, "n": {"b": 1, "c": 1}, "k": {"a": 1, "b": 0}}
Registers = Sequence[Value]


@dataclass(frozen=True)
class Joint:
    """Two products of the mnemonic `name` that lie side by side along `side`, in this order."""

    name: str
    side: str

    @property
    def whole_name(self) -> str:
        """The mnemonic of both together: its shape may be one that PTX does not have."""
        def doubled(found: re.Match[str]) -> str:
            sizes = zip("mnk", map(int, found.groups()), strict=True)
            return "".join(f"{side}{2 * size if side == self.side else size}" for side, size in sizes)

        return _SHAPE.sub(doubled, self.name)

    @property
    def half(self) -> Product:
        """What each of the two is."""
        return _product(self.name)

    @property
    def whole(self) -> Product:
        """What both together are."""
        return _product(self.whole_name)

    def registers(self, letter: str, first: Registers, second: Registers) -> list[Value]:
        """The whole's registers of a matrix of those of the halves."""
        pair = (first, second)
        return [pair[which][register] for which, register in self._places(letter)]

    def halves(self, letter: str, registers: Registers) -> tuple[list[Value], list[Value]]:
        """The registers of both halves of the whole's."""
        found: tuple[dict[int, Value], dict[int, Value]] = {}, {}
        for value, (which, register) in zip(registers, self._places(letter), strict=True):
            found[which][register] = value
        first, second = ([found[which][n] for n in sorted(found[which])] for which in range(2))
        return first, second or first

    def _places(self, letter: str) -> list[tuple[int, int]]:
        whole, half = (getattr(product, letter) for product in (self.whole, self.half))
        return _places(whole, half, _AXES[self.side].get(letter))


@cache
def _product(name: str) -> Product:
    found = operation_named(name)
    assert isinstance(found, Product)
    return found


@cache
def _places(whole: Matrix, half: Matrix, axis: int | None) -> list[tuple[int, int]]:
    """For each register of the whole: which half has it, and as which of its registers."""
    known = {half.layout.at(register=n * half.in_register): n for n in range(half.registers)}
    found = []
    for number in range(whole.registers):
        place = list(whole.layout.at(register=number * whole.in_register))
        which = 0
        if axis is not None:
            which, place[axis] = divmod(place[axis], half.sides[axis])
        found.append((which, known[tuple(place)]))
    return found


def replaced(module: Module, joint: Joint, pair: tuple[Call, Call], before: Call) -> tuple[list[Value], list[Value]]:
    """One call for a pair, in front of `before`: the registers of D of each. Along `k` both are those of the second."""
    a, b, c = zip(*(operands(call, joint.half) for call in pair), strict=True)
    values = [*joint.registers("a", *a), *joint.registers("b", *b), *joint.registers("c", *c)]
    assert before.parent is not None
    e, result = Emitter(module, Builder(before.parent, before)), _result(joint, pair[0])
    attributes = module.functions[TILE + joint.name].attributes
    function = module.declare(TILE + joint.whole_name, FunctionType(result, tuple(value.type for value in values)), attributes)
    _define_exact(e, joint, values)
    call = e.builder.call(function, values, attributes=pair[0].attributes)
    first, second = joint.halves("c", [e.builder.extractvalue(call, n) for n in range(len(result.fields))])
    return first, second


def _result(joint: Joint, call: Call) -> StructType:
    fields = struct_of(call.type).fields
    return StructType(fields if joint.side == "k" else (*fields, *fields))


def _define_exact(e: Emitter, joint: Joint, values: Registers) -> None:
    """The whole's exact function, which calls those of the halves."""
    counts = [getattr(joint.whole, letter).registers for letter in "ab"]

    def inside(e: Emitter, values: Registers) -> Registers:
        ends = [0, counts[0], sum(counts), len(values)]
        a, b, c = (joint.halves(letter, values[ends[n] : ends[n + 1]]) for n, letter in enumerate("abc"))
        first = _exact(e, joint, [*a[0], *b[0], *c[0]])
        second = _exact(e, joint, [*a[1], *b[1], *(first if joint.side == "k" else c[1])])
        return second if joint.side == "k" else joint.registers("c", first, second)

    made(e, EXACT + joint.whole_name, values, inside)


def _exact(e: Emitter, joint: Joint, values: Registers) -> list[Value]:
    call = e.builder.call(e.module.functions[EXACT + joint.name], values)
    return [e.builder.extractvalue(call, n) for n in range(len(struct_of(call.type).fields))]
