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


def _funnel(e: Emitter, t: Use, a: Value, b: Value, amount: Value) -> Value:
    """The amount is at most 32, so that 64 bits hold everything."""
    both = e.op("or", e.op("shl", e.resize(b, 64), 32), e.resize(a, 64))
    clamped = e.resize(e.intrinsic("umin", amount, e.number(32, amount)), 64)
    return e.resize(e.op("lshr", e.op("shl", both, clamped), 32) if "l" in t else e.op("lshr", both, clamped), 32)


def _highest(e: Emitter, t: Use, a: Value) -> Value:
    """The position of the highest bit that differs from the sign; `.shiftamt`: how far it is from the top. None: all ones."""
    value = e.op("xor", a, e.op("ashr", a, t.bits - 1)) if t.signed else a
    from_top = e.resize(e.intrinsic("ctlz", value, ConstantInt(I1, 0)), 32)
    found = from_top if "shiftamt" in t else e.op("sub", e.number(t.bits - 1, from_top), from_top)
    return e.builder.select(e.compare("eq", value, 0), e.number(-1, found), found)


def _mask(e: Emitter, t: Use, position: Value, length: Value) -> Value:
    if "wrap" in t:
        position, length = e.op("and", position, 31), e.op("and", length, 31)
    return e.shift("shl", e.low_mask(32, length), position)


def _extend(e: Emitter, t: Use, a: Value, length: Value) -> Value:
    """Keeps the low bits and fills the others with zeros or the highest of them."""
    length = e.op("and", length, 31) if "wrap" in t else length
    low = e.low_mask(32, length)
    field = e.op("and", a, low)
    if not t.signed:
        return field
    top = e.op("and", field, e.op("xor", low, e.op("lshr", low, 1)))
    return e.builder.select(e.compare("ne", top, 0), e.op("or", field, e.invert(low)), field)


def _nth(e: Emitter, t: Use, bits: Value, base: Value, offset: Value) -> Value:
    """The position of the n-th one, upwards from `base` for n > 0, downwards for n < 0; n = 0: `base` if its bit is one."""
    down = e.compare("slt", offset, 0)
    turned = e.builder.select(down, e.intrinsic("bitreverse", bits), bits)
    first = e.builder.select(down, e.op("sub", e.number(31, base), base), base)
    reached = e.shift("shl", e.shift("lshr", turned, first), first)
    here = e.op("and", bits, e.shift("shl", e.number(1, base), base))
    standing = e.compare("eq", offset, 0)
    wanted = e.builder.select(standing, e.number(1, offset), e.intrinsic("abs", offset, ConstantInt(I1, 0)))
    found = _nth_one(e, e.builder.select(standing, here, reached), wanted)
    there = e.builder.select(down, e.op("sub", e.number(31, found), found), found)
    enough = e.compare("ule", wanted, e.intrinsic("ctpop", e.builder.select(standing, here, reached)))
    return e.builder.select(e.op("and", enough, e.compare("ult", base, 32)), there, e.number(-1, there))


def _nth_one(e: Emitter, bits: Value, wanted: Value) -> Value:
    """By halves: how many ones the lower half has says in which half the wanted one is."""
    position: Value = e.number(0, bits)
    for half in (16, 8, 4, 2, 1):
        lower = e.op("and", e.op("lshr", bits, position), (1 << half) - 1)
        count = e.intrinsic("ctpop", lower)
        above = e.compare("ugt", wanted, count)
        position = e.builder.select(above, e.op("add", position, half), position)
        wanted = e.builder.select(above, e.op("sub", wanted, count), wanted)
    return position


_PERMUTE_MODES = {
    "f4e": (0x3210, 0x4321, 0x5432, 0x6543), "b4e": (0x5670, 0x6701, 0x7012, 0x0123), "rc8": (0x0000, 0x1111, 0x2222, 0x3333),
    "ecl": (0x3210, 0x3211, 0x3222, 0x3333), "ecr": (0x0000, 0x1110, 0x2210, 0x3210), "rc16": (0x1010, 0x3232, 0x1010, 0x3232),
}  # fmt: skip
"""The selector for each value of the two lowest bits of the control operand."""


def _permute_by_mode(e: Emitter, t: Use, a: Value, b: Value, control: Value) -> Value:
    choices = [e.number(one, control) for one in _PERMUTE_MODES[t.pick(*_PERMUTE_MODES)]]
    odd = e.compare("ne", e.op("and", control, 1), 0)
    low, high = (e.builder.select(odd, choices[n + 1], choices[n]) for n in (0, 2))
    return _permute(e, t, a, b, e.builder.select(e.compare("ne", e.op("and", control, 2), 0), high, low))


def _table_test(e: Emitter, t: Use, *operands: Value) -> tuple[Value, Value]:
    *inputs, also = operands
    result = _table(e, t, *inputs)
    return result, e.op(t.pick("and", "or"), e.compare("ne", result, 0), also)


def _is_zero(e: Emitter, t: Use, a: Value) -> Value:
    return e.resize(e.compare("eq", a, 0), t.bits)


FORMS = [
    *forms("and.T", _LOGIC, "T = T T", _logic("and")),
    *forms("or.T", _LOGIC, "T = T T", _logic("or")),
    *forms("xor.T", _LOGIC, "T = T T", _logic("xor")),
    *forms("not.T", _LOGIC, "T = T", lambda e, t, a: e.invert(a)),
    *forms("shl.T", "b16 b32 b64", "T = T u32", lambda e, t, a, n: e.shift("shl", a, n)),
    *forms("shr.T", "b16 b32 b64 u16 u32 u64 s16 s32 s64", "T = T u32", _shift_right),
    *forms("shf.l.wrap.T", "b32", "T = T T u32", lambda e, t, a, b, n: e.intrinsic("fshl", b, a, n)),
    *forms("shf.r.wrap.T", "b32", "T = T T u32", lambda e, t, a, b, n: e.intrinsic("fshr", b, a, n)),
    *forms("shf(.l|.r).clamp.T", "b32", "T = T T u32", _funnel, sm=32),
    *forms("cnot.T", "b16 b32 b64", "T = T", _is_zero),
    *forms("bfind[.shiftamt].T", "u32 s32 u64 s64", "u32 = T", _highest),
    *forms("bmsk(.clamp|.wrap).T", "b32", "T = u32 u32", _mask, sm=70),
    *forms("szext(.clamp|.wrap).T", "u32 s32", "T = T u32", _extend, sm=70),
    *forms("fns.T", "b32", "T = T b32 s32", _nth, sm=30),
    *forms(f"prmt.T(.{'|.'.join(_PERMUTE_MODES)})", "b32", "T = T T T", _permute_by_mode),
    *forms("lop3(.and|.or).T", "b32", "T|pred = T T T imm0..255 !pred", _table_test, sm=70),
    *forms("popc.T", "b32 b64", "u32 = T", lambda e, t, a: e.resize(e.intrinsic("ctpop", a), 32)),
    *forms("clz.T", "b32 b64", "u32 = T", _leading_zeros),
    *forms("brev.T", "b32 b64", "T = T", lambda e, t, a: e.intrinsic("bitreverse", a)),
    *forms("bfe.T", "u32 s32 u64 s64", "T = T u32 u32", _extract),
    *forms("bfi.T", "b32 b64", "T = T T u32 u32", _insert),
    *forms("prmt.T", "b32", "T = T T T", _permute),
    *forms("lop3.T", "b32", "T = T T T imm0..255", _table),
]
