"""Loops take two turns at once where products of neighbouring k then share wider loads.

Before: `for (k = 0; k < n; k += 16) c = A[k ... k + 15] * B[k ... k + 15] + c;`, where a lane's part of A is 8 bytes
After:  the same with steps of 32 and a last turn of 16 where one is left; `join-tiles` makes loads of 16 bytes

`ir/tiles/turns.py` says how.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Indexed, Phi
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.loops import a_turn_later, loops
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.addresses import growth
from crosswarp.ir.tiles.aggregates import take_apart
from crosswarp.ir.tiles.calls import functions_with_tiles
from crosswarp.ir.tiles.joining import Joint
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.neighbours import loaded_by, loads_less, step_along_k
from crosswarp.ir.tiles.operations import Product, operands, operation_of
from crosswarp.ir.tiles.turns import turns, two_at_once
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class TwoTurns(Pass):
    """`natives`: what the target multiplies by itself."""

    natives: tuple[NativeProduct, ...] = ()
    name: ClassVar[str] = "two-turns"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Double the loops all of whose products gain."""
        layout = DataLayout(module.datalayout)
        for function in functions_with_tiles(module):
            take_apart(function)
            self._double(function, layout)

    def _double(self, function: Function, layout: DataLayout) -> None:
        for loop in loops(ControlFlow(function)):
            count = turns(loop)
            products = list(_products(loop.header)) if count is not None else []
            if count is not None and products and all(self._gains(call, product, layout) for call, product in products):
                two_at_once(loop, count)

    def _gains(self, call: Call, product: Product, layout: DataLayout) -> bool:
        """Whether a product adds to what it gave a turn before, of factors that lie beside those of that turn."""
        block = call.parent
        assert block is not None
        joint = Joint((call.callee_name or "").removeprefix(TILE), "k")
        a, b, c = operands(call, product)
        return (product.is_open and product.c.kind == product.d.kind != "f16" and not product.modifiers
                and all(_is_of_turn_before(call, n, value) for n, value in enumerate(c))
                and all(_is_beside(list(registers), letter, block, layout) for letter, registers in enumerate((a, b)))
                and loads_less(self.natives, joint.whole, joint.half))


def _products(block: Block) -> Iterator[tuple[Call, Product]]:
    for one in block.instructions:
        operation = operation_of(one) if isinstance(one, Call) else None
        if isinstance(one, Call) and isinstance(operation, Product):
            yield one, operation


def _is_of_turn_before(call: Call, number: int, value: Value) -> bool:
    if not isinstance(value, Phi) or value.parent is not call.parent:
        return False
    later = a_turn_later(value)
    return isinstance(later, Indexed) and later.operands[0] is call and later.indices == (number,)


def _is_beside(registers: list[Value], letter: int, block: Block, layout: DataLayout) -> bool:
    load = loaded_by(registers)
    step = step_along_k(load, letter) if load is not None else None
    return load is not None and load.parent is block and step is not None and growth(load.arguments[0], block, layout) == step
