"""The MFMA instructions that work on blocks, and how elements of each kind become their operands.

`v_mfma_*_4x4x{k}_16b` multiplies 16 pairs of 4 by k and k by 4 matrices, one in each four lanes: lane l of a block gives row
(column) l % 4 of A (B), and gets column l % 4 of D. `v_mfma_*_16x16x{k}_4b` multiplies 4 pairs of 16 by k and k by 16 matrices, one
in each 16 lanes. Source: "AMD Instinct MI200 / MI300 Instruction Set Architecture", "Matrix Arithmetic Instructions".

Kinds without an instruction of their own use one that holds them exactly: s4 and u4 go as i8, fp8 as f16, u8 as f16 (sums of at
most 64 products of 8 bits are exact in f32). gfx90a's instructions for f16 and bf16 take subnormal numbers for zeros ("AMD Matrix
Core", MI200); unless the program is compiled to do so (`-ftz=true`), it multiplies them as f32, which keeps them, in four times as
many instructions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantFloat, ConstantInt, ConstantSplat
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.native import ELEMENT_TYPES
from crosswarp.ir.tiles.vectors import as_words, element_type, elements, length, piece
from crosswarp.ir.types import FLOAT, HALF, I16, I32, FloatType, IntType, Type, VectorType
from crosswarp.ir.values import Value

_TF32 = 0xFFFFE000
_E4M3_NAN, _F16_NAN = 0x7F, 0x7E00


@dataclass(frozen=True)
class Unit:
    """What a lane gives to one instruction: `depth` elements of A and of B. `small`, `large`: the intrinsics of 4x4 and 16x16."""

    small: str
    large: str
    depth: int
    total: Type

    def names_total(self, kind: str) -> bool:
        """Whether sums of this kind are the unit's own."""
        return ELEMENT_TYPES[kind] is self.total


F16 = Unit("f32.4x4x4f16", "f32.16x16x4f16", 4, FLOAT)
BF16 = Unit("f32.4x4x4bf16.1k", "f32.16x16x4bf16.1k", 4, FLOAT)
BF16_OLD = Unit("f32.4x4x2bf16", "f32.16x16x2bf16", 2, FLOAT)
F32 = Unit("f32.4x4x1f32", "f32.16x16x1f32", 1, FLOAT)
I8 = Unit("i32.4x4x4i8", "i32.16x16x4i8", 4, I32)

Kinds = tuple[str, str, str]
Sides = tuple[int, int, int]
_FOURS, _EIGHTS, _FLOATS_OF_8 = ("s4", "u4"), ("s8", "u8"), ("e4m3", "e5m2")
_WMMA: tuple[Sides, ...] = ((16, 16, 16), (32, 8, 16), (8, 32, 16))


def _pairs(of: Sequence[str], result: str) -> list[Kinds]:
    return [(a, b, result) for a in of for b in of]


KINDS: dict[Kinds, tuple[Sides, ...]] = {
    **dict.fromkeys([("f16", "f16", "f32"), ("f16", "f16", "f16"), ("bf16", "bf16", "f32")],
                    (*_WMMA, (16, 8, 16), (16, 8, 8), (16, 16, 8))),
    ("tf32", "tf32", "f32"): ((16, 16, 8), (16, 8, 8), (16, 8, 4), (16, 16, 4)),
    **dict.fromkeys(_pairs(_EIGHTS, "s32"), (*_WMMA, (8, 8, 16), (16, 8, 16), (16, 8, 32), (16, 16, 32))),
    **dict.fromkeys(_pairs(_FOURS, "s32"), ((8, 8, 32), (16, 8, 32), (16, 8, 64), (16, 16, 32), (16, 16, 64))),
    **dict.fromkeys([*_pairs(_FLOATS_OF_8, "f32"), *_pairs(_FLOATS_OF_8, "f16")],
                    ((16, 8, 16), (16, 8, 32), (16, 16, 16), (16, 16, 32))),
}
"""PTX's kinds of A, B and C, and its shapes of each, and those of two that share A."""


@dataclass(frozen=True)
class Machine:
    """A processor, and whether subnormal numbers may become zeros."""

    arch: str
    flushes: bool = False

    def unit(self, a: str, b: str) -> Unit:
        """What multiplies these kinds."""
        keeps = self.arch == "gfx90a" and not self.flushes and {a, b} & {"f16", "bf16", "e5m2"}
        if a == "tf32" or keeps:
            return F32
        if a == "bf16":
            return BF16_OLD if self.arch == "gfx908" else BF16
        return I8 if {a, b} <= {"s8", *_FOURS} else F16


def operands(e: Emitter, unit: Unit, kind: str, value: Value) -> list[Value]:
    """A lane's elements as operands of successive instructions."""
    fed = _feeds(unit, kind)(e, value)
    if unit is F32:
        return elements(e, fed)
    if unit is I8:
        words = as_words(e, fed)
        return elements(e, words) if isinstance(words.type, VectorType) else [words]
    return [piece(e, fed, first, unit.depth) for first in range(0, length(fed), unit.depth)]


def opened(e: Emitter, unit: Unit, value: Value) -> Value:
    """C as sums of the unit; integers that go through f32 begin at 0 and are added by `closed`."""
    kind = element_type(value)
    if kind is unit.total:
        return value
    wide = VectorType(length(value), unit.total)
    return e.builder.cast("fpext", value, wide) if isinstance(kind, FloatType) else e.zero(wide)


def closed(e: Emitter, sums: Value, c: Value) -> Value:
    """D of the sums and C."""
    if element_type(c) is element_type(sums):
        return sums
    if isinstance(element_type(c), FloatType):
        return e.builder.cast("fptrunc", sums, c.type)
    return e.builder.binary("add", e.builder.cast("fptosi", sums, c.type), c)


Feed = Callable[[Emitter, Value], Value]


def _feeds(unit: Unit, kind: str) -> Feed:
    if unit is F32:
        return _truncated if kind == "tf32" else _as_floats(_feeds(F16, kind))
    if unit in (BF16, BF16_OLD):
        return lambda e, value: e.builder.cast("bitcast", value, VectorType(length(value), I16))
    if unit is I8:
        return (lambda e, value: value) if kind == "s8" else _extended(kind)
    if kind in ("s8", "u8"):
        return lambda e, value: e.builder.cast("sitofp" if kind == "s8" else "uitofp", value, VectorType(length(value), HALF))
    return {"e5m2": _from_e5m2, "e4m3": _from_e4m3}.get(kind, lambda e, value: value)


def _as_floats(feed: Feed) -> Feed:
    return lambda e, value: e.builder.cast("fpext", feed(e, value), VectorType(length(value), FLOAT))


def _extended(kind: str) -> Feed:
    opcode = "sext" if kind == "s4" else "zext"
    return lambda e, value: e.builder.cast(opcode, value, VectorType(length(value), IntType(8)))


def _splat(number: int, like: Value) -> Value:
    assert isinstance(like.type, VectorType) and isinstance(like.type.element, IntType)
    return ConstantSplat(like.type, ConstantInt(like.type.element, number))


def _truncated(e: Emitter, value: Value) -> Value:
    """Numbers of f32 with tf32's ten bits of fraction: their products are exact."""
    words = e.builder.cast("bitcast", value, VectorType(length(value), I32))
    return e.builder.cast("bitcast", e.builder.binary("and", words, _splat(_TF32, words)), value.type)


def _from_e5m2(e: Emitter, value: Value) -> Value:
    """The upper half of an f16."""
    wide = e.builder.cast("zext", value, VectorType(length(value), I16))
    return e.builder.cast("bitcast", e.builder.binary("shl", wide, _splat(8, wide)), VectorType(length(value), HALF))


def _from_e4m3(e: Emitter, value: Value) -> Value:
    """Sign, exponent and fraction where f16 has them, times 2**8 for the exponents' other bias; 0x7f and 0xff are NaN."""
    wide = e.builder.cast("zext", value, VectorType(length(value), I16))
    sign = e.builder.binary("shl", e.builder.binary("and", wide, _splat(0x80, wide)), _splat(8, wide))
    rest = e.builder.binary("and", wide, _splat(0x7F, wide))
    bits = e.builder.binary("or", sign, e.builder.binary("shl", rest, _splat(7, wide)))
    halves = VectorType(length(value), HALF)
    scale = ConstantSplat(halves, ConstantFloat.from_float(HALF, 256.0))
    finite = e.builder.binary("fmul", e.builder.cast("bitcast", bits, halves), scale)
    nan = e.builder.cast("bitcast", _splat(_F16_NAN, wide), halves)
    return e.builder.select(e.builder.icmp("eq", rest, _splat(_E4M3_NAN, wide)), nan, finite)


def conversion_cost(unit: Unit, kinds: Kinds, lengths: tuple[int, int, int]) -> int:
    """Instructions, about, that `operands`, `opened` and `closed` take for as many elements of A, B and C."""
    own = {F16: ("f16",), I8: ("s8",), F32: ()}.get(unit, kinds[:2])
    cost = sum(count for kind, count in zip(kinds[:2], lengths, strict=False) if kind not in own)
    return cost + 2 * lengths[2] * (kinds[2] == "f16" or (kinds[2] == "s32" and unit is F16))
