"""Products of matrices that a target does by itself, as data with one function each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.types import BFLOAT, DOUBLE, FLOAT, HALF, I32, IntType, Type
from crosswarp.ir.values import Value

ELEMENT_TYPES: dict[str, Type] = {
    "f16": HALF, "bf16": BFLOAT, "tf32": FLOAT, "f32": FLOAT, "f64": DOUBLE, "s32": I32, "s8": IntType(8), "u8": IntType(8),
    "e4m3": IntType(8), "e5m2": IntType(8), "s4": IntType(4), "u4": IntType(4), "b1": IntType(1)}  # fmt: skip
"""LLVM's type of an element of each kind. A lane's part of a matrix is one vector of them, in the order of the registers."""

Emission = Callable[[Emitter, Value, Value, Value], Value]


@dataclass(frozen=True)
class Held:
    """How accumulators are held from the first product of a chain to the last, where that differs from `c`.

    `type` is a lane's part. `begin` makes it of a part in the layout `c` (`null` of one is `null` of the other), `end` gets that
    back; what each costs in instructions. In between only phis and products of the same kind may touch it.
    `within_lanes`: neither needs another lane, so that both may stand anywhere; else all warps of a wave have to be there.
    """

    type: Type
    begin: Callable[[Emitter, Value], Value]
    end: Callable[[Emitter, Value], Value]
    begin_cost: int
    end_cost: int
    within_lanes: bool = False


@dataclass(frozen=True)
class NativeProduct:
    """D = A B + C of `m` by `k` times `k` by `n`.

    `kinds` are those of A, B and of C and D. `a`, `b`, `c` are the layouts (m by k, k by n, m by n; C and D alike).
    `emit` gets a lane's parts of A, B and C as vectors and returns that of D. `cost`: how many instructions that takes.
    `modifiers` of PTX that it honours (`satfinite`, `xor`, `and`); products that need others are not done by it.
    `needs_uniform`: it, and with it the whole chain of its accumulators, may only be where all warps of a wave are proven to
    run together (`ir/tiles/uniform.py`). `emit_uniform` is cheaper than `emit` and right in such places only. With `held`, the C
    and D of `emit` have that form.
    """

    name: str
    sides: tuple[int, int, int]
    kinds: tuple[str, str, str]
    a: Layout
    b: Layout
    c: Layout
    emit: Emission
    cost: int = 1
    modifiers: frozenset[str] = frozenset()
    needs_uniform: bool = False
    emit_uniform: Emission | None = None
    held: Held | None = None
