"""Joins products whose shape fills only a part of the target's unit: two with the same A or B, or one behind the other.

Before: two calls of `@__cw.tile.mma.sync.aligned.m16n8k16...` with the same A
After:  one of `@__cw.tile.mma.sync.aligned.m16n16k16...`, a shape that PTX does not have, for which the target has a product

Matrix instructions of PTX have eight columns; units of other vendors sixteen and more. What is joined is in one block, and
nothing between two products uses the result of the first. Sums of f16, which each instruction rounds, are not joined along k.
Two products of `wmma`, whose shapes are those of units, are joined along k with the loads of their factors, where that takes fewer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import Constant
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Indexed, Instruction
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.aggregates import take_apart
from crosswarp.ir.tiles.calls import functions_with_tiles
from crosswarp.ir.tiles.decide import fits, form_of
from crosswarp.ir.tiles.joining import Joint, loaded, replaced
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.neighbours import Loads, Pair, loaded_side_by_side, loads_less
from crosswarp.ir.tiles.operations import Product, operands, operation_of
from crosswarp.ir.tiles.rows import rows_of
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class JoinTiles(Pass):
    """`natives`: what the target multiplies by itself. Products are joined where that costs it less.

    `cost` says what products cost a target that has no natives; None for those that it does not do.
    """

    natives: tuple[NativeProduct, ...] = ()
    cost: Callable[[Product], int | None] | None = None
    name: ClassVar[str] = "join-tiles"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Join what can be, first along k."""
        for function in functions_with_tiles(module):
            take_apart(function)
            for block in function.blocks:
                self._join_loaded(module, function, block)
                for side in "knmnmn":
                    self._join(module, function, block, side)

    def _join_loaded(self, module: Module, function: Function, block: Block) -> None:
        found = _Products(function, block, are_open=True)
        pairs = [(pair, joint.half) for joint, pair in found.pairs("k")
                 if loads_less(self.natives, joint.whole, joint.half)]
        if pairs:
            found.replace_loaded(module, loaded_side_by_side(block, pairs, UseMap(function), DataLayout(module.datalayout)))

    def _join(self, module: Module, function: Function, block: Block, side: str) -> None:
        found = _Products(function, block)
        pairs = [(joint, pair) for joint, pair in found.pairs(side) if self._gains(joint) or self._reads_less(joint, pair)]
        for joint, pair in sorted(pairs, key=lambda each: max(map(found.place, each[1]))):
            found.replace(module, joint, pair)

    def _gains(self, joint: Joint) -> bool:
        whole, half = self._cost(joint.whole), self._cost(joint.half)
        return whole is not None and (half is None or whole < 2 * half)

    def _reads_less(self, joint: Joint, pair: Pair) -> bool:
        """Whether B, which `ldmatrix` transposes, takes so many accesses less that both are less than the two."""
        if joint.side != "n":
            return False
        parts = [operands(call, joint.half)[1] for call in pair]
        whole = self._reading_cost(joint.whole, joint.registers("b", *parts))
        if whole is None:
            return False
        halves = [self._reading_cost(joint.half, part) for part in parts]
        return None not in halves and whole < sum(half or 0 for half in halves)

    def _reading_cost(self, product: Product, registers: Sequence[Value]) -> int | None:
        """Of the product and the accesses for its B; None for a B of another origin."""
        rows, form = rows_of(product.b, registers), form_of(product)
        if rows is None or not rows.pattern.is_transposed:
            return None
        reads = ((native, rows.pattern.reads(native.b)) for native in self.natives if fits(native, form))
        return min((native.cost + len(found) for native, found in reads if found is not None), default=None)

    def _cost(self, product: Product) -> int | None:
        """Of the cheapest native product."""
        if self.cost is not None:
            return self.cost(product)
        form = form_of(product)
        return min((native.cost for native in self.natives if fits(native, form)), default=None)


class _Products:
    """The `mma` of one block, or its `wmma.mma`."""

    def __init__(self, function: Function, block: Block, are_open: bool = False) -> None:
        found = {instruction: operation_of(instruction) for instruction in block.instructions if isinstance(instruction, Call)}
        self._known = {call: product for call, product in found.items()
                       if isinstance(product, Product) and product.is_open == are_open}
        self._places = {instruction: n for n, instruction in enumerate(block.instructions)}
        self._uses = UseMap(function) if self._known else None

    def place(self, instruction: Instruction) -> int:
        """The instruction's number in the block."""
        return self._places[instruction]

    def pairs(self, side: str) -> Iterator[tuple[Joint, Pair]]:
        """Pairs that may be joined; each product is in one at most."""
        return self._chains() if side == "k" else self._neighbours(side)

    def _chains(self) -> Iterator[tuple[Joint, Pair]]:
        taken = set[Call]()
        for call, product in self._known.items():
            before = self._maker(call)
            if before is None or before in taken or before.callee is not call.callee or not _is_exact(product):
                continue
            if all(user is call for result in self._results(before) for user in self._users(result)):
                taken.add(call)
                yield Joint(_name(call), "k"), (before, call)

    def _neighbours(self, side: str) -> Iterator[tuple[Joint, Pair]]:
        shared = 0 if side == "n" else 1
        groups = defaultdict(list)
        for call, product in self._known.items():
            groups[_name(call), tuple(map(id, operands(call, product)[shared]))].append(call)
        order = self._chain_numbers()
        for (name, _), calls in groups.items():
            rows = sorted(calls, key=lambda call: (order[call], self.place(call)))
            for pair in zip(rows[::2], rows[1::2], strict=False):
                if self._may_join(pair):
                    yield Joint(name, side), pair

    def _chain_numbers(self) -> dict[Call, int]:
        """For each product the place of the first that adds to the same sums."""
        numbers, starts = dict[Call, int](), dict[int, int]()
        for call, product in self._known.items():
            before = self._maker(call)
            first = operands(call, product)[2][0]
            if before is not None:
                numbers[call] = numbers[before]
            else:
                numbers[call] = self.place(call) if isinstance(first, Constant) else starts.setdefault(id(first), self.place(call))
        return numbers

    def _maker(self, call: Call) -> Call | None:
        """The product of the block whose D is all of this one's C."""
        registers = operands(call, self._known[call])[2]
        makers = {_looked_into(value, n) for n, value in enumerate(registers)}
        maker = makers.pop()
        return maker if not makers and maker in self._known else None

    def _may_join(self, pair: Pair) -> bool:
        """Whether the earlier one's results are used behind the later one only."""
        end = max(map(self.place, pair))
        early = min(pair, key=self.place)
        users = [user for result in self._results(early) for user in self._users(result)]
        return all(self._places.get(user, end + 1) > end or user.opcode == "phi" for user in users) and all(
            isinstance(user, Indexed) for user in self._users(early))

    def _results(self, call: Call) -> list[Indexed]:
        return [user for user in self._users(call) if isinstance(user, Indexed)]

    def _users(self, value: Value) -> list[Instruction]:
        assert self._uses is not None
        return [use.user for use in self._uses.of(value)]

    def replace(self, module: Module, joint: Joint, pair: Pair) -> None:
        """Put the whole where the later of the two is."""
        self._put(pair, replaced(module, joint, pair, max(pair, key=self.place)))

    def replace_loaded(self, module: Module, found: Sequence[Loads]) -> None:
        """The same for pairs whose factors are loaded together. Loads that are left without users go."""
        loads = dict[Pair, list[Value]]()
        for each in sorted(found, key=lambda each: self.place(each.products[1])):
            joint = Joint(_name(each.products[0]), "k")
            for letter, pair in (("a", each.a), ("b", each.b)):
                if pair not in loads:
                    loads[pair] = loaded(module, joint, pair, letter)
            factors = loads[each.a], loads[each.b]
            self._put(each.products, replaced(module, joint, each.products, each.products[1], factors))
        for call in dict.fromkeys(call for pair in loads for call in pair):
            for part in self._results(call):
                part.erase()
            call.erase()

    def _put(self, pair: Pair, registers: tuple[Sequence[Value], Sequence[Value]]) -> None:
        """What both give in the place of their results."""
        assert self._uses is not None
        for call, values in zip(pair, registers, strict=True):
            for result in self._results(call):
                for use in self._uses.of(result):
                    if not use.nested:
                        use.set(values[result.indices[0]])
                result.erase()
        for call in pair:
            call.erase()


def _looked_into(value: Value, number: int) -> Call | None:
    """The call whose result has this value as its field `number`."""
    if isinstance(value, Indexed) and value.opcode == "extractvalue" and value.indices == (number,):
        return value.operands[0] if isinstance(value.operands[0], Call) else None
    return None


def _is_exact(product: Product) -> bool:
    """Whether D of one may be C of the next without a rounding or clamping between."""
    return product.c.kind == product.d.kind != "f16" and "satfinite" not in product.modifiers


def _name(call: Call) -> str:
    return (call.callee_name or "").removeprefix(TILE)
