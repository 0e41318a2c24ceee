"""Conversions between float formats, rounded once in a stated mode and independent of what becomes of subnormal f32 numbers.

The operations `__cw.cvt.<to>.<mode>.<from>` work on bits; to half and back are instructions.
"""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.arithmetic import widened
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.types import BFLOAT, DOUBLE, FLOAT, HALF, I32, FloatType, IntType
from crosswarp.ir.values import Value

_SUFFIX = {HALF: "f16", BFLOAT: "bf16", FLOAT: "f32", DOUBLE: "f64"}
_INTEGRAL = {"rn": "roundeven", "rz": "trunc", "rd": "floor", "ru": "ceil"}


def narrowed(e: Emitter, x: Value, kind: FloatType, mode: str) -> Value:
    """A `float` or `double` in a narrower format."""
    source = floats.format_of(x)
    if source is FLOAT and kind is BFLOAT and mode in ("rn", "rz"):
        return floats.narrowed_bfloat(e, x, toward_zero=mode == "rz")
    if source is FLOAT and kind is HALF and mode == "rn":
        return e.builder.cast("fptrunc", x, kind)
    if kind is not FLOAT:
        return e.call(f"__cw.cvt.{_SUFFIX[kind]}.{mode}.{_SUFFIX[source]}", kind, x)
    if e.flushes:
        return e.call(f"__cw.math.kept.narrow.{mode}.f32", kind, x)
    return e.builder.cast("fptrunc", x, kind) if mode == "rn" else e.call(f"__cw.cvt.f32.{mode}.f64", kind, x)


def rounded_to_integral(e: Emitter, x: Value, mode: str) -> Value:
    """The integral value next to `x` in the same format; the sign of zero is kept."""
    kind = floats.format_of(x)
    if kind is BFLOAT:
        return floats.narrowed_bfloat(e, rounded_to_integral(e, floats.widened_bfloat(e, x), mode))
    if kind is FLOAT and e.flushes:
        return e.builder.cast("fptrunc", rounded_to_integral(e, widened(e, x), mode), FLOAT)
    return e.call(f"llvm.{_INTEGRAL[mode]}.f{kind.bits}", kind, x)


def finite(e: Emitter, x: Value) -> Value:
    """`.satfinite`: the largest finite value in the place of an infinity."""
    encoded, largest = floats.bits(e, x), floats.encoding(x).infinity - 1
    infinite = e.compare("eq", floats.magnitude(e, encoded), largest + 1)
    return floats.from_bits(e, e.builder.select(infinite, e.op("sub", encoded, 1), encoded), x.type)


def to_integer(e: Emitter, x: Value, bits: int, signed: bool, mode: str) -> Value:
    """An integer of `bits`, out of range the nearest bound. NaN: 0, but the top bit alone of 64 bits, or from a double."""
    wide, source = max(bits, 32), floats.format_of(x)
    single = source is not DOUBLE and not e.flushes
    given = floats.extended(e, x) if source in (HALF, BFLOAT) else x
    given = given if single else widened(e, given)
    name = f"__cw.cvt.{'i' if signed else 'u'}{wide}.{mode}.{_SUFFIX[floats.format_of(given)]}"
    result = e.call(name, IntType(wide), given)
    if bits < wide:
        result = e.resize(_clamped(e, result, bits, signed), bits)
    if source is DOUBLE and bits < 64:
        result = e.builder.select(floats.is_nan(e, x), e.number(1 << bits - 1, result), result)
    return result


def _clamped(e: Emitter, value: Value, bits: int, signed: bool) -> Value:
    if not signed:
        return e.intrinsic("umin", value, ConstantInt(I32, (1 << bits) - 1))
    low = e.intrinsic("smax", value, ConstantInt(I32, -(1 << bits - 1)))
    return e.intrinsic("smin", low, ConstantInt(I32, (1 << bits - 1) - 1))


def from_integer(e: Emitter, value: Value, bits: int, signed: bool, kind: FloatType, mode: str) -> Value:  # noqa: PLR0917
    """An integer of `bits` as a float."""
    wide = max(bits, 32)
    given = e.resize(value, wide, signed)
    exact = (bits < 32 and kind in (FLOAT, DOUBLE)) or (bits == 32 and kind is DOUBLE)
    if kind is HALF:  # what is inexact in f32 is beyond the range of f16
        return narrowed(e, from_integer(e, given, wide, signed, FLOAT, mode), HALF, mode)
    if kind is not BFLOAT and (exact or mode == "rn"):
        return e.builder.cast("sitofp" if signed else "uitofp", given, kind)
    if kind is BFLOAT:
        given, wide = e.resize(given, 64, signed), 64
    return e.call(f"__cw.cvt.{_SUFFIX[kind]}.{mode}.{'i' if signed else 'u'}{wide}", kind, given)
