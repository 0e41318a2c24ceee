"""Logic, shifts and bit fields. Source: PTX ISA 8.8, "Logic and Shift Instructions" and bit fields."""

from __future__ import annotations

from functools import reduce

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Meaning, Use, forms
from crosswarp.ir.types import I1
from crosswarp.ir.values import Value

_LOGIC = "pred b16 b32 b64"
_BYTE = 0xFF


def _logic(opcode: str) -> Meaning:
    return lambda e, t, a, b: e.op(opcode, a, b)


def _shift_right(e: Emitter, t: Use, a: Value, amount: Value) -> Value:
    return e.shift("ashr" if t.signed else "lshr", a, amount)


def _leading_zeros(e: Emitter, t: Use, a: Value) -> Value:
    return e.resize(e.intrinsic("ctlz", a, ConstantInt(I1, 0)), 32)


def _extract(e: Emitter, t: Use, a: Value, position: Value, length: Value) -> Value:
    position, length = e.op("and", position, _BYTE), e.op("and", length, _BYTE)
    moved = _shift_right(e, t, a, position)
    mask = e.low_mask(t.bits, length)
    field = e.op("and", moved, mask)
    if not t.signed:
        return field
    top = e.op("and", moved, e.op("xor", mask, e.op("lshr", mask, 1)))  # the highest bit of the field, nothing for length 0
    filled = e.op("or", field, e.invert(mask))
    return e.builder.select(e.compare("ne", top, 0), filled, field)


def _insert(e: Emitter, t: Use, a: Value, b: Value, *place: Value) -> Value:
    position, length = (e.op("and", p, _BYTE) for p in place)
    mask = e.shift("shl", e.low_mask(t.bits, length), position)
    field = e.op("and", e.shift("shl", a, position), mask)
    return e.op("or", field, e.op("and", b, e.invert(mask)))


def _permute(e: Emitter, t: Use, a: Value, b: Value, selector: Value) -> Value:
    """Each hexadecimal digit picks one of eight bytes; its highest bit asks for the byte's sign instead."""
    source = e.op("or", e.op("shl", e.resize(b, 64), 32), e.resize(a, 64))
    parts = []
    for place in range(4):
        digit = e.op("lshr", selector, 4 * place)
        amount = e.op("shl", e.resize(e.op("and", digit, 7), 64), 3)
        byte = e.resize(e.op("lshr", source, amount), 8)
        wants_sign = e.compare("ne", e.op("and", digit, 8), 0)
        chosen = e.builder.select(wants_sign, e.op("ashr", byte, 7), byte)
        parts.append(e.op("shl", e.resize(chosen, 32), 8 * place))
    return reduce(lambda left, right: e.op("or", left, right), parts)


def _table(e: Emitter, t: Use, *operands: Value) -> Value:
    """Bit `4a + 2b + c` of the last operand is the result for these three bits."""
    *inputs, table = operands
    assert isinstance(table, ConstantInt)
    result: Value = e.number(0, inputs[0])
    for row in range(8):
        if table.value >> row & 1:
            bits = [value if row >> (2 - n) & 1 else e.invert(value) for n, value in enumerate(inputs)]
            result = e.op("or", result, e.op("and", e.op("and", bits[0], bits[1]), bits[2]))
    return result


FORMS = [
    *forms("and.T", _LOGIC, "T = T T", _logic("and")),
    *forms("or.T", _LOGIC, "T = T T", _logic("or")),
    *forms("xor.T", _LOGIC, "T = T T", _logic("xor")),
    *forms("not.T", _LOGIC, "T = T", lambda e, t, a: e.invert(a)),
    *forms("shl.T", "b16 b32 b64", "T = T u32", lambda e, t, a, n: e.shift("shl", a, n)),
    *forms("shr.T", "b16 b32 b64 u16 u32 u64 s16 s32 s64", "T = T u32", _shift_right),
    *forms("shf.l.wrap.T", "b32", "T = T T u32", lambda e, t, a, b, n: e.intrinsic("fshl", b, a, n)),
    *forms("shf.r.wrap.T", "b32", "T = T T u32", lambda e, t, a, b, n: e.intrinsic("fshr", b, a, n)),
    *forms("popc.T", "b32 b64", "u32 = T", lambda e, t, a: e.resize(e.intrinsic("ctpop", a), 32)),
    *forms("clz.T", "b32 b64", "u32 = T", _leading_zeros),
    *forms("brev.T", "b32 b64", "T = T", lambda e, t, a: e.intrinsic("bitreverse", a)),
    *forms("bfe.T", "u32 s32 u64 s64", "T = T u32 u32", _extract),
    *forms("bfi.T", "b32 b64", "T = T T u32 u32", _insert),
    *forms("prmt.T", "b32", "T = T T T", _permute),
    *forms("lop3.T", "b32", "T = T T T imm0..255", _table),
]
