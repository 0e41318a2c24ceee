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
from crosswarp.ir.tiles.names import EXACT, SIDE_BY_SIDE, TILE
from crosswarp.ir.tiles.operations import Matrix, Product, operands, operation_named
from crosswarp.ir.tiles.words import element_bits
from crosswarp.ir.types import I8, FunctionType, StructType, struct_of
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


def replaced(module: Module, joint: Joint, pair: tuple[Call, Call], before: Call,
             factors: tuple[Registers, Registers] | None = None) -> tuple[list[Value], list[Value]]:  # fmt: skip
    """One call for a pair, in front of `before`: the registers of D of each. Along `k` both are those of the second.

    `factors`: the whole's registers of A and B, where they are not those of the pair.
    """
    a, b, c = zip(*(operands(call, joint.half) for call in pair), strict=True)
    left, right = factors or (joint.registers("a", *a), joint.registers("b", *b))
    values = [*left, *right, *joint.registers("c", *c)]
    assert before.parent is not None
    e, result = Emitter(module, Builder(before.parent, before)), _result(joint, pair[0])
    attributes = module.functions[TILE + joint.name].attributes
    function = module.declare(TILE + joint.whole_name, FunctionType(result, tuple(value.type for value in values)), attributes)
    _define_exact(e, joint, values)
    call = e.builder.call(function, values, attributes=pair[0].attributes)
    first, second = joint.halves("c", [e.builder.extractvalue(call, n) for n in range(len(result.fields))])
    return first, second


def loaded(module: Module, joint: Joint, pair: tuple[Call, Call], letter: str) -> list[Value]:
    """One load of two matrices that lie side by side along `k`, in front of the first, which is at lower k: its registers."""
    first, call = pair[0], _load_name(joint, pair[0])
    assert first.parent is not None
    e, result = Emitter(module, Builder(first.parent, first)), _doubled(first)
    values = first.arguments
    _define_exact_load(e, joint, pair[0], letter)
    function = module.declare(TILE + call, FunctionType(result, tuple(value.type for value in values)),
                              module.functions[first.callee_name or ""].attributes)
    made_call = e.builder.call(function, values, attributes=first.attributes)
    return [e.builder.extractvalue(made_call, n) for n in range(len(result.fields))]


def _load_name(joint: Joint, call: Call) -> str:
    name = (call.callee_name or "").removeprefix(TILE)
    shape, whole = (_SHAPE.search(each) for each in (joint.name, joint.whole_name))
    assert shape is not None and whole is not None
    return name.replace(shape[0], whole[0]) + SIDE_BY_SIDE


def _doubled(call: Call) -> StructType:
    fields = struct_of(call.type).fields
    return StructType((*fields, *fields))


def _define_exact_load(e: Emitter, joint: Joint, call: Call, letter: str) -> None:
    """The whole's exact function, which reads one half after the other."""
    half = getattr(joint.half, letter)
    exact = e.module.functions[EXACT + (call.callee_name or "").removeprefix(TILE)]

    def inside(e: Emitter, values: Registers) -> Registers:
        further = e.builder.gep(I8, values[0], [joint.half.a.sides[1] * element_bits(half.element) // 8], flags=())
        parts = [e.builder.call(exact, [pointer, *values[1:]]) for pointer in (values[0], further)]
        first, second = ([e.builder.extractvalue(part, n) for n in range(len(struct_of(part.type).fields))] for part in parts)
        return joint.registers(letter, first, second)

    made(e, EXACT + _load_name(joint, call), call.arguments, inside)


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
