"""Products by MFMA that both warps of a wave make together: 16 by 16, for twice as many results an instruction as `mfma_local`.

A 16x16 unit works on four blocks of 16 lanes. Each warp's lanes are two of them, which split the inner dimension, so that A and B
stay in their warp's lanes, without copies:

    A    lane: row + 16 (k / (K / 2))         registers: k % (K / 2)
    B    lane: column + 16 (k / (K / 2))      registers: k % (K / 2)

The sums lie over all 64 lanes: of each block four registers, lane column + 16 (row / 4). While a chain of products goes on they are
held like that, 16 registers for both warps: two parts of each warp's sums. `end` adds the parts and swaps halves of the wave:

    C    lane: column + 16 (row / 4 % 2)      registers: row % 4 + 4 (row / 8)

Lanes hold sums of the other warp, and moves of registers skip inactive lanes: all 64 lanes must be there and stay together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.layout import Layout, Place
from crosswarp.ir.tiles.native import Held, NativeProduct
from crosswarp.ir.tiles.vectors import as_words, elements, joined, packed, piece
from crosswarp.ir.types import I1, I32, StructType, Type, VectorType
from crosswarp.ir.values import Value
from crosswarp.targets.amdgpu.tiles.mfma_units import KINDS, Kinds, Machine, Sides, Unit, conversion_cost, operands

_SIDE, _HELD, _HALF = 16, 16, 32
_PAIR = StructType((I32, I32))
_ROW: list[Place] = [(1, 0), (2, 0), (4, 0), (8, 0)]


@cache
def products(machine: Machine) -> tuple[NativeProduct, ...]:
    """All of them: those whose sums are the unit's, so that a chain of products rounds nothing in between."""
    return tuple(product for kinds, shapes in KINDS.items() if machine.unit(*kinds[:2]).names_total(kinds[2])
                 for sides in shapes if sides[:2] == (_SIDE, _SIDE) for product in _of(machine, kinds, sides))


def _of(machine: Machine, kinds: Kinds, sides: Sides) -> Iterator[NativeProduct]:
    unit, inner = machine.unit(kinds[0], kinds[1]), sides[2]
    a, b, c = _layouts(inner)
    held = _held(unit.total, machine.arch)
    each = a.size("register")
    cost = inner // (2 * unit.depth) + conversion_cost(unit, kinds, (each, each, 0))
    name = f"mfma joint {'.'.join(kinds)} m16n16k{inner}"
    for flipped in (False, True):
        result = c.transposed() if flipped else c
        yield NativeProduct(name + " transposed" * flipped, sides, kinds, a, b, result, _Emission(unit, kinds, flipped).emit, cost,
                            needs_uniform=True, held=held)


def _layouts(inner: int) -> tuple[Layout, Layout, Layout]:
    bits = inner.bit_length() - 1
    depths = [1 << bit for bit in range(bits)]
    columns: list[Place] = [place[::-1] for place in _ROW]
    a = Layout.of({"register": [(0, x) for x in depths[:-1]], "lane": [*_ROW, (0, depths[-1])]}, row=4, column=bits)
    b = Layout.of({"register": [(x, 0) for x in depths[:-1]], "lane": [*columns, (depths[-1], 0)]}, row=bits, column=4)
    c = Layout.of({"register": [(1, 0), (2, 0), (8, 0)], "lane": [*columns, (4, 0)]}, row=4, column=4)
    return a, b, c


@dataclass(frozen=True)
class _Emission:
    """`flipped` multiplies the transposed matrices: B is in A's place."""

    unit: Unit
    kinds: Kinds
    flipped: bool

    def emit(self, e: Emitter, a: Value, b: Value, held: Value) -> Value:
        """One instruction for each `depth` elements that a lane holds."""
        first, second = (operands(e, self.unit, kind, value) for kind, value in zip(self.kinds, (a, b), strict=False))
        if self.flipped:
            first, second = second, first
        none = ConstantInt(I32, 0)
        for x, y in zip(first, second, strict=True):
            held = e.call(f"llvm.amdgcn.mfma.{self.unit.large}", held.type, x, y, held, none, none, none, convergent=True)
        return held


@cache
def _held(total: Type, arch: str) -> Held:
    """One for all depths: sums go from products of one to those of another as they are."""
    swap = _swapped if arch == "gfx950" else _exchanged
    kind = VectorType(_HELD, total)

    def begin(e: Emitter, c: Value) -> Value:
        """The sums in the first part of each warp, zeros in the second."""
        low, high = elements(e, as_words(e, piece(e, c, 0, 4))), elements(e, as_words(e, piece(e, c, 4, 4)))
        pairs = [swap(e, x, y) for x, y in zip(low, high, strict=True)]
        parts = [[pair[warp] for pair in pairs] for warp in range(2)]
        words = [*parts[0], *[e.number(0, low[0])] * 4, *parts[1], *[e.number(0, low[0])] * 4]
        return e.builder.cast("bitcast", packed(e, words), kind)

    def end(e: Emitter, held: Value) -> Value:
        """The two parts of each warp added, and rows brought to their warp."""
        opcode = "add" if total is I32 else "fadd"
        sums = [e.builder.binary(opcode, piece(e, held, 8 * warp, 4), piece(e, held, 8 * warp + 4, 4)) for warp in range(2)]
        words = [elements(e, as_words(e, value)) for value in sums]
        pairs = [swap(e, x, y) for x, y in zip(*words, strict=True)]
        rows = [packed(e, [pair[half] for pair in pairs]) for half in range(2)]
        return e.builder.cast("bitcast", joined(e, rows), VectorType(8, total))

    cost = 4 if arch == "gfx950" else 28
    return Held(kind, begin, end, cost, cost + 8)


def _swapped(e: Emitter, first: Value, second: Value) -> tuple[Value, Value]:
    """The upper half of the wave's lanes of the first and the lower half of the second change places."""
    both = e.call("llvm.amdgcn.permlane32.swap", _PAIR, first, second, ConstantInt(I1, 0), ConstantInt(I1, 0), convergent=True)
    return e.builder.extractvalue(both, 0), e.builder.extractvalue(both, 1)


def _exchanged(e: Emitter, first: Value, second: Value) -> tuple[Value, Value]:
    """The same by a move through the LDS crossbar, which touches no memory."""
    lane = _lane(e)
    is_upper = e.compare("ne", e.op("and", lane, _HALF), 0)
    other = e.op("shl", e.op("xor", lane, _HALF), 2)
    sent = e.builder.select(is_upper, first, second)
    got = e.call("llvm.amdgcn.ds.bpermute", I32, other, sent, convergent=True)
    return e.builder.select(is_upper, got, first), e.builder.select(is_upper, second, got)


def _lane(e: Emitter) -> Value:
    """The number of the lane in the wave."""
    low = e.call("llvm.amdgcn.mbcnt.lo", I32, ConstantInt(I32, -1), ConstantInt(I32, 0))
    return e.call("llvm.amdgcn.mbcnt.hi", I32, ConstantInt(I32, -1), low)
