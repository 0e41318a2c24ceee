"""Signs, minimum and maximum, and tests of floats. Source: PTX ISA 8.8: `neg abs copysign testp min max`.

-0 is below +0. One NaN gives the other operand, `.NaN` forms and two NaNs give the canonical NaN.
"""

from __future__ import annotations

from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.emitter import Emitter, width
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.types import BFLOAT, FLOAT
from crosswarp.ir.values import Value

_HALVES, _BFLOATS = "f16 f16x2", "bf16 bf16x2"


def _flushed(e: Emitter, t: Use, x: Value) -> Value:
    return floats.flush(e, x) if "ftz" in t else x


def _sign_bit(e: Emitter, encoded: Value) -> Value:
    return e.op("and", encoded, 1 << width(encoded) - 1)


def _neg(e: Emitter, t: Use, a: Value) -> Value:
    encoded = floats.bits(e, _flushed(e, t, a))
    return floats.from_bits(e, e.op("xor", encoded, 1 << width(encoded) - 1), a.type)


def _abs(e: Emitter, t: Use, a: Value) -> Value:
    return floats.from_bits(e, floats.magnitude(e, floats.bits(e, _flushed(e, t, a))), a.type)


def _copysign(e: Emitter, t: Use, sign: Value, a: Value) -> Value:
    encoded = e.op("or", _sign_bit(e, floats.bits(e, sign)), floats.magnitude(e, floats.bits(e, a)))
    return floats.from_bits(e, encoded, a.type)


def _extreme(name: str) -> Meaning:
    """`min` or `max` of two or three values, of their magnitudes with `.abs`, with the product of their signs with `.xorsign`."""

    def meaning(e: Emitter, t: Use, *values: Value) -> Value:
        given = [_flushed(e, t, value) for value in values]
        sizes = [_abs(e, t, value) for value in given] if "abs" in t else given
        result = sizes[0]
        for other in sizes[1:]:
            result = _better(e, name, result, other, "NaN" in t)
        return _signed(e, result, given) if "xorsign" in t else result

    return floats.lanewise(meaning)


MINIMUM, MAXIMUM = _extreme("min"), _extreme("max")


def _better(e: Emitter, name: str, a: Value, b: Value, nan_wins: bool) -> Value:
    x, y = (floats.extended(e, a), floats.extended(e, b)) if a.type is BFLOAT else (a, b)
    if e.flushes and x.type is FLOAT:
        result = _by_key(e, name, (x, y), (a, b))
    else:
        number = e.call(f"llvm.{name}imumnum.f{floats.format_of(x).bits}", x.type, x, y)
        result = floats.narrowed_bfloat(e, number, toward_zero=True) if a.type is BFLOAT else number
    some = e.op("or" if nan_wins else "and", floats.is_nan(e, a), floats.is_nan(e, b))
    return e.builder.select(some, floats.constant(floats.format_of(a), floats.encoding(a).nan), result)


def _by_key(e: Emitter, name: str, compared: tuple[Value, Value], chosen: tuple[Value, Value]) -> Value:
    """By integers, where comparisons of floats would flush."""
    (x, y), (a, b) = compared, chosen
    first = e.compare("slt" if name == "min" else "sgt", floats.ordered_key(e, x), floats.ordered_key(e, y))
    first = e.op("or", e.op("and", first, e.invert(floats.is_nan(e, x))), floats.is_nan(e, y))
    return e.builder.select(first, a, b)


def _signed(e: Emitter, result: Value, given: list[Value]) -> Value:
    """The result with the product of the signs; a NaN stays the canonical one."""
    first, second = (floats.bits(e, value) for value in given)
    sign = _sign_bit(e, e.op("xor", first, second))
    with_sign = floats.from_bits(e, e.op("or", floats.bits(e, result), sign), result.type)
    return e.builder.select(floats.is_nan(e, result), result, with_sign)


def _extremes() -> list[Form]:
    made: list[Form] = []
    for name in ("min", "max"):
        meaning = _extreme(name)
        made += forms(f"{name}[.ftz].T", "f32", "T = T T", meaning)
        made += forms(f"{name}.T", "f64", "T = T T", meaning)
        made += forms(f"{name}[.ftz].NaN.T", "f32", "T = T T", meaning, sm=80)
        made += forms(f"{name}[.ftz][.NaN].T", _HALVES, "T = T T", meaning, sm=80)
        made += forms(f"{name}[.NaN].T", _BFLOATS, "T = T T", meaning, sm=80)
        made += forms(f"{name}[.ftz][.NaN].xorsign.abs.T", f"f32 {_HALVES}", "T = T T", meaning, sm=86)
        made += forms(f"{name}[.NaN].xorsign.abs.T", _BFLOATS, "T = T T", meaning, sm=86)
        made += forms(f"{name}[.ftz][.NaN][.abs].T", "f32", "T = T T T", meaning, sm=100)
    return made


def _class(e: Emitter, t: Use, a: Value) -> Value:
    """By the encoding, so that subnormal numbers are seen in any mode."""
    size, form = floats.magnitude(e, floats.bits(e, a)), floats.encoding(a)
    word = t.modifiers[0]
    simple = {"finite": ("ult", form.infinity), "infinite": ("eq", form.infinity), "number": ("ule", form.infinity),
              "notanumber": ("ugt", form.infinity)}  # fmt: skip
    if word in simple:
        return e.compare(*_swapped(simple[word], size))
    smallest = form.infinity & -form.infinity
    if word == "subnormal":
        return e.compare("ult", e.op("sub", size, 1), smallest - 1)
    return e.compare("ult", e.op("sub", size, smallest), form.infinity - smallest)


def _swapped(test: tuple[str, int], size: Value) -> tuple[str, Value, int]:
    return test[0], size, test[1]


def _signs(name: str, meaning: Meaning) -> list[Form]:
    made: list[Form] = []
    made += forms(f"{name}[.ftz].T", "f32", "T = T", meaning)
    made += forms(f"{name}.T", "f64", "T = T", meaning)
    made += forms(f"{name}[.ftz].T", _HALVES, "T = T", meaning, sm=53)
    made += forms(f"{name}.T", _BFLOATS, "T = T", meaning, sm=80)
    return made


FORMS = [
    *_signs("neg", floats.lanewise(_neg)),
    *_signs("abs", floats.lanewise(_abs)),
    *_extremes(),
    *forms("copysign.T", "f32 f64", "T = T T", _copysign),
    *forms("testp.(finite|infinite|number|notanumber|normal|subnormal).T", "f32 f64", "pred = T", _class),
]
