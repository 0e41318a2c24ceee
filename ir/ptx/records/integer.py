"""Integer arithmetic. Source: PTX ISA 8.8, "Integer Arithmetic Instructions".

What PTX leaves open has one result here, which the hardware gives as well: a division by zero is all ones, its remainder the
dividend, and the smallest signed number divided by -1 is itself.
"""

from __future__ import annotations

from functools import reduce

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter, width
from crosswarp.ir.ptx.form import Meaning, Use, forms
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.types import I1
from crosswarp.ir.values import Value

_SIGNED = "s16 s32 s64"
_INTEGERS = "u16 u32 u64 " + _SIGNED
_PAIRS = "u16x2 s16x2"
_NARROW = {"u16": "u32", "s16": "s32", "u32": "u64", "s32": "s64"}


def _binary(opcode: str) -> Meaning:
    return lambda e, t, a, b: e.builder.binary(opcode, a, b)


def _saturating(name: str) -> Meaning:
    return lambda e, t, a, b: e.intrinsic(f"s{name}.sat", a, b)


def high_product(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    """The upper half of the product of two numbers of the form's type."""
    bits = width(a)
    product = e.op("mul", e.resize(a, 2 * bits, t.signed), e.resize(b, 2 * bits, t.signed))
    return e.resize(e.op("lshr", product, bits), bits)


def _wide(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    return e.op("mul", e.resize(a, 2 * t.bits, t.signed), e.resize(b, 2 * t.bits, t.signed))


def _low24(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    """The product of the low 24 bits of both, 48 bits in 64."""
    return e.op("mul", *(e.resize(e.resize(x, 24), 64, t.signed) for x in (a, b)))


def _mul24(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    product = _low24(e, t, a, b)
    return e.resize(e.op("lshr", product, 16) if "hi" in t else product, 32)


def _plus(product: Meaning) -> Meaning:
    return lambda e, t, a, b, c: e.op("add", product(e, t, a, b), c)


def _plus_saturated(product: Meaning) -> Meaning:
    return lambda e, t, a, b, c: e.intrinsic("sadd.sat", product(e, t, a, b), c)


def _pick(name: str) -> Meaning:
    def meaning(e: Emitter, t: Use, a: Value, b: Value) -> Value:
        picked = e.intrinsic(("s" if t.signed else "u") + name, a, b)
        return e.intrinsic("smax", picked, e.zero(picked.type)) if "relu" in t else picked

    return meaning


def _difference(e: Emitter, t: Use, a: Value, b: Value, c: Value) -> Value:
    less = e.compare("slt" if t.signed else "ult", a, b)
    return e.op("add", c, e.builder.select(less, e.op("sub", b, a), e.op("sub", a, b)))


def _absolute(e: Emitter, t: Use, a: Value) -> Value:
    return e.intrinsic("abs", a, ConstantInt(I1, 0))


def _divided(quotient: bool) -> Meaning:
    """No operands stop the machine."""
    def meaning(e: Emitter, t: Use, a: Value, b: Value) -> Value:
        nothing, reverses = e.compare("eq", b, 0), e.compare("eq", b, -1)
        odd = e.op("or", nothing, reverses) if t.signed else nothing
        safe = e.builder.select(odd, e.number(1, b), b)
        if quotient:
            plain = e.op("sdiv" if t.signed else "udiv", a, safe)
            known = e.builder.select(reverses, e.op("sub", e.number(0, a), a), plain) if t.signed else plain
            return e.builder.select(nothing, e.number(-1, a), known)
        return e.builder.select(nothing, a, e.op("srem" if t.signed else "urem", a, safe))

    return meaning


def _dot4(e: Emitter, t: Use, a: Value, b: Value, c: Value) -> Value:
    """Four products of bytes, each with the sign of its operand's type."""
    products = [_product(e, t.type, t.other, a, b, (8 * n, 8), (8 * n, 8)) for n in range(4)]
    return reduce(lambda x, y: e.op("add", x, y), products, c)


def _dot2(e: Emitter, t: Use, a: Value, b: Value, c: Value) -> Value:
    """Two products of halves of `a` with bytes of the low or high half of `b`."""
    first = 16 if "hi" in t else 0
    products = [_product(e, t.type, t.other, a, b, (16 * n, 16), (first + 8 * n, 8)) for n in range(2)]
    return reduce(lambda x, y: e.op("add", x, y), products, c)


def _product(e: Emitter, left: PtxType, right: PtxType, a: Value, b: Value, *fields: tuple[int, int]) -> Value:
    parts = []
    for type_, value, (at, bits) in zip((left, right), (a, b), fields, strict=True):
        parts.append(e.resize(e.resize(e.op("lshr", value, at), bits), 32, type_.signed))
    return e.op("mul", *parts)


FORMS = [
    *forms("add.T", _INTEGERS, "T = T T", _binary("add")),
    *forms("add.T", _PAIRS, "T = T T", _binary("add"), sm=90),
    *forms("sub.T", _INTEGERS, "T = T T", _binary("sub")),
    *forms("add.sat.T", "s32", "T = T T", _saturating("add")),
    *forms("sub.sat.T", "s32", "T = T T", _saturating("sub")),
    *forms("mul.lo.T", _INTEGERS, "T = T T", _binary("mul")),
    *forms("mul.hi.T", _INTEGERS, "T = T T", high_product),
    *(f for t, wide in _NARROW.items() for f in forms("mul.wide.T", t, f"{wide} = T T", _wide)),
    *forms("mad.lo.T", _INTEGERS, "T = T T T", _plus(_binary("mul"))),
    *forms("mad.hi.T", _INTEGERS, "T = T T T", _plus(high_product)),
    *forms("mad.hi.sat.T", "s32", "T = T T T", _plus_saturated(high_product)),
    *(f for t, wide in _NARROW.items() for f in forms("mad.wide.T", t, f"{wide} = T T {wide}", _plus(_wide))),
    *forms("mul24(.lo|.hi).T", "u32 s32", "T = T T", _mul24),
    *forms("mad24(.lo|.hi).T", "u32 s32", "T = T T T", _plus(_mul24)),
    *forms("mad24.hi.sat.T", "s32", "T = T T T", _plus_saturated(_mul24)),
    *forms("sad.T", _INTEGERS, "T = T T T", _difference),
    *forms("div.T", _INTEGERS, "T = T T", _divided(quotient=True)),
    *forms("rem.T", _INTEGERS, "T = T T", _divided(quotient=False)),
    *forms("min.T", _INTEGERS, "T = T T", _pick("min")),
    *forms("max.T", _INTEGERS, "T = T T", _pick("max")),
    *(f for name in ("min", "max") for f in forms(f"{name}.T", _PAIRS, "T = T T", _pick(name), sm=90)),
    *(f for name in ("min", "max") for f in forms(f"{name}.relu.T", "s32 s16x2", "T = T T", _pick(name), sm=90)),
    *forms("neg.T", _SIGNED, "T = T", lambda e, t, a: e.op("sub", e.number(0, a), a)),
    *forms("abs.T", _SIGNED, "T = T", _absolute),
    *forms("dp4a.T.U", "u32 s32", "b32 = T U b32", _dot4, other="u32 s32", sm=61),
    *forms("dp2a(.lo|.hi).T.U", "u32 s32", "b32 = T U b32", _dot2, other="u32 s32", sm=61),
]
