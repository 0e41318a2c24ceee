"""Video instructions on one value. Source: PTX ISA 8.8, "Scalar Video Instructions".

Parts of registers are extended, the result of the operation is clamped, and combined with, or put into, a third operand. All this
happens to numbers wider than a register, of which 32 bits are kept.

What `vshl.sat` clamps when bits are shifted out, and whether `vmad` subtracts a number without sign above 2^31, is left open by
PTX's description: these are not translated.
"""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.ptx.parts import Part
from crosswarp.ir.ptx.syntax import PtxError
from crosswarp.ir.values import Value

_WIDE = 64
_RESULT = 33  # PTX's `.s33`
_TYPE = "(.u32|.s32)"
_THEN = "(.add|.min|.max)"
_ANY = "b32.part b32.part"
_COMPARISONS = "(.eq|.ne|.lt|.le|.gt|.ge)"
_PRODUCT = 128


def extended(e: Emitter, value: Value, place: tuple[int, int], signed: bool, wide: int = _WIDE) -> Value:
    """Some bits of a register as a wide number; `place`: the lowest bit, and how many."""
    at, bits = place
    moved = e.op("lshr", value, at) if at else value
    return e.resize(e.resize(moved, bits), wide, signed)


def clamped(e: Emitter, value: Value, bits: int, signed: bool) -> Value:
    """A wide number within the range of a type."""
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    return e.intrinsic("smin", e.intrinsic("smax", value, e.number(low, value)), e.number(high, value))


def primary(e: Emitter, name: str, a: Value, b: Value) -> Value:
    """The operation on wide numbers."""
    if name in ("vmin", "vmax"):
        return e.intrinsic(f"s{name[1:]}", a, b)
    if name == "vabsdiff":
        return e.op("sub", e.intrinsic("smax", a, b), e.intrinsic("smin", a, b))
    return e.op(name[1:], a, b)


def compared(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    """One if the comparison holds."""
    word = t.pick("eq", "ne", "lt", "le", "gt", "ge")
    return e.resize(e.compare(word if word in ("eq", "ne") else f"s{word}", a, b), _WIDE)


def _bits(selector: str) -> tuple[int, int]:
    """Where the part is, and how wide."""
    return (0, 32) if not selector else (8 * int(selector[1]), 8) if selector[0] == "b" else (16 * int(selector[1]), 16)


def _taken(e: Emitter, part: Part, type_: str, wide: int = _WIDE) -> Value:
    return extended(e, part.value, _bits(part.selector), type_ == "s32", wide)


def _shifted(e: Emitter, t: Use, a: Value, amount: Value) -> Value:
    amount = e.intrinsic("umin", amount, e.number(32, amount)) if "clamp" in t else e.op("and", amount, 31)
    return e.op("shl" if t.mnemonic.startswith("vshl") else "ashr", a, amount)


def _finished(e: Emitter, t: Use, value: Value, rest: tuple[Value, ...], *, signed: bool, into: str) -> Value:
    """Clamp, then apply the second operation, or put the result into a part of the third operand."""
    at, bits = _bits(into)
    if "sat" in t:
        value = clamped(e, value, bits, signed)
    then = t.pick("add", "min", "max")
    if then:
        third = e.resize(rest[0], _RESULT, signed)
        value = e.resize(value, _RESULT)
        value = e.op("add", value, third) if then == "add" else e.intrinsic(f"s{then}", value, third)
    low = e.resize(value, 32)
    if not into:
        return low
    mask = (1 << bits) - 1 << at
    return e.op("or", e.op("and", e.op("shl", low, at), mask), e.op("and", rest[0], ~mask))


def _arithmetic(e: Emitter, t: Use, a: Part, b: Part, *rest: Value, into: str = "") -> Value:
    to, *types = t.modifiers[:3]
    left, right = (_taken(e, part, type_) for part, type_ in zip((a, b), types, strict=True))
    name = t.mnemonic.partition(".")[0]
    value = _shifted(e, t, left, right) if name in ("vshl", "vshr") else primary(e, name, left, right)
    return _finished(e, t, value, rest, signed=to == "s32", into=into)


def _test(e: Emitter, t: Use, a: Part, b: Part, *rest: Value, into: str = "") -> Value:
    left, right = (_taken(e, part, type_) for part, type_ in zip((a, b), t.modifiers[:2], strict=True))
    return _finished(e, t, compared(e, t, left, right), rest, signed=False, into=into)


def _product(e: Emitter, t: Use, a: Part, b: Part, c: Part | Value) -> Value:
    """`a * b + c`, with one more for `.po`, scaled and clamped. At most one of product and `c` is negated."""
    types = t.modifiers[1:3]
    reversed_, less = a.negated != b.negated, isinstance(c, Part) and c.negated
    if reversed_ and less:
        raise PtxError("'vmad' with both the product and the third operand negated")
    signed = "s32" in types or reversed_ or less
    if less and "s32" not in types and t.pick("sat", "shr7", "shr15"):
        raise PtxError("'vmad' that subtracts from an unsigned product, with '.sat' or a scale")
    left, right = (_taken(e, part, type_, _PRODUCT) for part, type_ in zip((a, b), types, strict=True))
    product, third = e.op("mul", left, right), e.resize(c.value if isinstance(c, Part) else c, _PRODUCT, signed)
    value = e.op("sub", third, product) if reversed_ else e.op("sub" if less else "add", product, third)
    value = e.op("add", value, 1) if "po" in t else value
    scale = {"": 0, "shr7": 7, "shr15": 15}[t.pick("shr7", "shr15")]
    value = e.op("ashr", value, scale) if scale else value
    return e.resize(clamped(e, value, 32, signed) if "sat" in t else value, 32)


def _all(template: str, meaning: Meaning, saturates: str = "[.sat]") -> list[Form]:
    """The three shapes: alone, with a second operation, merged into the third operand."""
    def merged(e: Emitter, t: Use, *operands: Value) -> Value:
        *values, into = operands
        return meaning(e, t, *values, into=into)  # type: ignore[no-any-return]

    plain = template.replace("[.sat]", saturates)
    return [
        *forms(plain, "b32", f"b32 = {_ANY}", meaning),
        *forms(plain + _THEN, "b32", f"b32 = {_ANY} b32", meaning),
        *forms(plain, "b32", f"b32.part = {_ANY} b32 dsel", merged),
    ]


_VMAD = f"vmad{_TYPE}{_TYPE}{_TYPE}"
FORMS = [
    *(f for name in ("vadd", "vsub", "vabsdiff", "vmin", "vmax") for f in _all(f"{name}{_TYPE}{_TYPE}{_TYPE}[.sat]", _arithmetic)),
    *_all(f"vshr{_TYPE}{_TYPE}.u32[.sat](.clamp|.wrap)", _arithmetic),
    *_all(f"vshl{_TYPE}{_TYPE}.u32(.clamp|.wrap)", _arithmetic),
    *_all(f"vset{_TYPE}{_TYPE}{_COMPARISONS}", _test),
    *forms(f"{_VMAD}[.sat][.shr7|.shr15]", "b32", "b32 = -b32.part -b32.part -b32", _product),
    *forms(f"{_VMAD}.po[.sat][.shr7|.shr15]", "b32", f"b32 = {_ANY} b32", _product),
]
