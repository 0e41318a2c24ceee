"""Integer arithmetic. Source: PTX ISA 8.8, "Integer Arithmetic Instructions"."""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter, width
from crosswarp.ir.ptx.form import Meaning, Use, forms
from crosswarp.ir.types import I1
from crosswarp.ir.values import Value

_SIGNED = "s16 s32 s64"
_INTEGERS = "u16 u32 u64 " + _SIGNED
_NARROW = {"u16": "u32", "s16": "s32", "u32": "u64", "s32": "s64"}


def _binary(opcode: str) -> Meaning:
    return lambda e, t, a, b: e.op(opcode, a, b)


def _high(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    bits = width(a)
    product = e.op("mul", e.resize(a, 2 * bits, t.signed), e.resize(b, 2 * bits, t.signed))
    return e.resize(e.op("lshr", product, bits), bits)


def _wide(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    return e.op("mul", e.resize(a, 2 * t.bits, t.signed), e.resize(b, 2 * t.bits, t.signed))


def _plus(product: Meaning) -> Meaning:
    return lambda e, t, a, b, c: e.op("add", product(e, t, a, b), c)


def _pick(name: str) -> Meaning:
    return lambda e, t, a, b: e.intrinsic(("s" if t.signed else "u") + name, a, b)


FORMS = [
    *forms("add.T", _INTEGERS, "T = T T", _binary("add")),
    *forms("sub.T", _INTEGERS, "T = T T", _binary("sub")),
    *forms("mul.lo.T", _INTEGERS, "T = T T", _binary("mul")),
    *forms("mul.hi.T", _INTEGERS, "T = T T", _high),
    *(f for t, wide in _NARROW.items() for f in forms("mul.wide.T", t, f"{wide} = T T", _wide)),
    *forms("mad.lo.T", _INTEGERS, "T = T T T", _plus(_binary("mul"))),
    *forms("mad.hi.T", _INTEGERS, "T = T T T", _plus(_high)),
    *(f for t, wide in _NARROW.items() for f in forms("mad.wide.T", t, f"{wide} = T T {wide}", _plus(_wide))),
    *forms("min.T", _INTEGERS, "T = T T", _pick("min")),
    *forms("max.T", _INTEGERS, "T = T T", _pick("max")),
    *forms("neg.T", _SIGNED, "T = T", lambda e, t, a: e.op("sub", e.number(0, a), a)),
    *forms("abs.T", _SIGNED, "T = T", lambda e, t, a: e.intrinsic("abs", a, ConstantInt(I1, 0))),
]
