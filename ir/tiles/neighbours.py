"""Pairs of `wmma` products, one behind the other, whose factors are loaded from neighbouring places: one wider load for two.

%a0 = load A + k
%a1 = load A + k + 16                        ->    %a = load A + k, of k ... k + 31
%d1 = mma %a1 %b1 (mma %a0 %b0 %c)                 %d1 = mma %a %b %c
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Block
from crosswarp.ir.instructions import Call, Indexed, Instruction
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.tiles.access import accesses
from crosswarp.ir.tiles.addresses import distance
from crosswarp.ir.tiles.decide import fits, form_of
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.operations import Load, Product, operands, operation_of
from crosswarp.ir.tiles.words import element_bits
from crosswarp.ir.tiles.writes import may_write
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value

Pair = tuple[Call, Call]


@dataclass(frozen=True)
class Loads:
    """Two products and the loads of their factors, in the order of k."""

    products: Pair
    a: Pair
    b: Pair


def loaded_side_by_side(block: Block, pairs: Iterable[tuple[Pair, Product]], uses: UseMap, layout: DataLayout) -> list[Loads]:
    """Of pairs of products those that can be loaded together. A load is in one such pair at most, with all of its products."""
    finder = _Finder(block, layout)
    found = [each for pair, product in pairs if (each := finder.loads(pair, product)) is not None]
    while True:
        kept = list(_consistent(found, uses))
        if len(kept) == len(found):
            return kept
        found = kept


def loads_less(natives: Sequence[NativeProduct], whole: Product, half: Product) -> bool:
    """Whether a product with loads along k takes less than twice one of half its depth."""
    one, two = (_loaded_cost(natives, product) for product in (whole, half))
    return one is not None and two is not None and one < 2 * two


def _loaded_cost(natives: Sequence[NativeProduct], product: Product) -> int | None:
    form, bits = form_of(product), element_bits(product.a.element)
    return min((native.cost + accesses(native.a, True, bits) + accesses(native.b, False, bits) for native in natives
                if fits(native, form)), default=None)


def step_along_k(call: Call, letter: int) -> int | None:
    """Bytes from where a load begins to the matrix that lies beside it along k; None for what cannot be loaded as one with it."""
    operation = operation_of(call)
    if not isinstance(operation, Load) or operation.dense or operation.parts > 1 or operation.by_rows != (letter == 0):
        return None
    return operation.matrix.sides[1 - letter] * element_bits(operation.matrix.element) // 8


def loaded_by(registers: Sequence[Value]) -> Call | None:
    """The load that gives these registers, in this order."""
    calls = {value.operands[0] for n, value in enumerate(registers)
             if isinstance(value, Indexed) and value.opcode == "extractvalue" and value.indices == (n,)}
    whole = len(calls) == 1 and all(isinstance(value, Indexed) for value in registers)
    call = calls.pop() if whole else None
    return call if isinstance(call, Call) and isinstance(operation_of(call), Load) else None


def _consistent(found: list[Loads], uses: UseMap) -> Iterator[Loads]:
    partners: dict[Call, set[Pair]] = {}
    for each in found:
        for pair in (each.a, each.b):
            for load in pair:
                partners.setdefault(load, set()).add(pair)
    products = {call for each in found for call in each.products}
    for each in found:
        loads = (*each.a, *each.b)
        if all(len(partners[load]) == 1 and products.issuperset(_users(load, uses)) for load in loads):
            yield each


def _users(load: Call, uses: UseMap) -> Iterator[Instruction]:
    """What uses a load's registers."""
    for use in uses.of(load):
        if isinstance(use.user, Indexed):
            yield from (each.user for each in uses.of(use.user))
        else:
            yield use.user


class _Finder:
    """In one block."""

    def __init__(self, block: Block, layout: DataLayout) -> None:
        self._block, self._layout = block, layout
        self._places = {one: n for n, one in enumerate(block.instructions)}
        self._written = [n for n, one in enumerate(block.instructions) if may_write(one)]

    def loads(self, pair: Pair, product: Product) -> Loads | None:
        """The loads of a pair of products."""
        found = []
        for letter in range(2):
            loads = tuple(loaded_by(operands(call, product)[letter]) for call in pair)
            first, second = loads
            if first is None or second is None or not self._are_neighbours(first, second, letter):
                return None
            found.append((first, second))
        return Loads(pair, found[0], found[1])

    def _are_neighbours(self, first: Call, second: Call, letter: int) -> bool:
        step = step_along_k(first, letter)
        if step is None or first.callee is not second.callee or not _are_same(first.arguments[1], second.arguments[1]):
            return False
        begin, end = self._places.get(first), self._places.get(second)
        if begin is None or end is None or begin >= end or any(begin < at < end for at in self._written):
            return False
        return distance(first.arguments[0], second.arguments[0], self._layout) == step


def _are_same(first: Value, second: Value) -> bool:
    return first is second or (isinstance(first, ConstantInt) and isinstance(second, ConstantInt) and first.value == second.value)
