"""`cvt` between floats and integers, and between float formats. Source: PTX ISA 8.8, `cvt`, `cvt.pack`.

Conversions to integers clamp to the range, with and without `.sat`. `.ftz` concerns f32 alone. NaN becomes a quiet NaN.
"""

from __future__ import annotations

from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.arithmetic import MODES, rounding, widened
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.narrowing import finite, from_integer, narrowed, rounded_to_integral, to_integer
from crosswarp.ir.types import DOUBLE, FLOAT, FloatType
from crosswarp.ir.values import Value

_INTEGERS = "u8 u16 u32 u64 s8 s16 s32 s64"
_ROUNDED, _INTEGRAL = "(.rn|.rz|.rm|.rp)", "(.rni|.rzi|.rmi|.rpi)"


def _flushed(e: Emitter, t: Use, x: Value) -> Value:
    return floats.flush(e, x) if "ftz" in t and x.type is FLOAT else x


def _kind(name: str) -> FloatType:
    return floats.FORMATS[name]


def _to_integer(e: Emitter, t: Use, x: Value) -> Value:
    mode = MODES[t.pick("rni", "rzi", "rmi", "rpi")[:2]]
    return to_integer(e, _flushed(e, t, x), t.bits, t.signed, mode)


def _from_integer(e: Emitter, t: Use, value: Value) -> Value:
    result = from_integer(e, value, t.other.bits, t.other.signed, _kind(t.type.name), rounding(t))
    return floats.saturate(e, result) if "sat" in t else result


def _integral(e: Emitter, t: Use, x: Value) -> Value:
    """Within a format: rounded to an integral value, flushed, saturated, or moved."""
    x, mode = _flushed(e, t, x), t.pick("rni", "rzi", "rmi", "rpi")
    result = rounded_to_integral(e, x, MODES[mode[:2]]) if mode else x
    return floats.saturate(e, result) if "sat" in t else result


def _convert(e: Emitter, t: Use, x: Value) -> Value:
    """To another format."""
    to, x = _kind(t.type.name), _flushed(e, t, x)
    if to is DOUBLE:
        result = widened(e, x)
    elif to is FLOAT and x.type is not DOUBLE:
        result = floats.extended(e, x)
    else:
        result = narrowed(e, x if x.type is DOUBLE else _single(e, x), to, rounding(t))
    return clamped(e, t, _flushed(e, t, result))


def _single(e: Emitter, x: Value) -> Value:
    return x if x.type is FLOAT else floats.extended(e, x)


def clamped(e: Emitter, t: Use, result: Value) -> Value:
    """As `.sat`, `.satfinite` and `.relu` want it."""
    if "satfinite" in t:
        result = finite(e, result)
    if "sat" in t:
        return floats.saturate(e, result)
    return floats.rectify(e, result) if "relu" in t else result


def _pack(e: Emitter, t: Use, high: Value, low: Value) -> Value:
    """The first operand goes into the upper half."""
    kind = _kind(t.type.name.removesuffix("x2"))
    return floats.joined(e, [clamped(e, t, narrowed(e, x, kind, rounding(t))) for x in (low, high)])


def _integers() -> list[Form]:
    made: list[Form] = []
    for kind, ftz in (("f16", ""), ("f32", "[.ftz]"), ("f64", "")):
        made += forms(f"cvt{_INTEGRAL}{ftz}[.sat].T.U", _INTEGERS, "~T = U", _to_integer, other=kind)
        made += forms(f"cvt{_ROUNDED}{ftz}[.sat].T.U", kind, "T = ~U", _from_integer, other=_INTEGERS)
    made += forms(f"cvt{_INTEGRAL}.T.U", _INTEGERS, "T = U", _to_integer, other="bf16", sm=90)
    made += forms(f"cvt{_ROUNDED}.T.U", "bf16", "T = U", _from_integer, other=_INTEGERS, sm=90)
    return made


def _formats() -> list[Form]:
    def convert(template: str, to: str, source: str, sm: int = 20) -> None:
        made.extend(forms(template, to, "T = U", _convert, other=source, sm=sm))

    made: list[Form] = []
    convert(f"cvt{_ROUNDED}[.ftz][.sat].T.U", "f16", "f32")
    convert("cvt(.rn|.rz).satfinite.T.U", "f16", "f32", 53)
    convert("cvt(.rn|.rz).relu[.satfinite].T.U", "f16", "f32", 80)
    convert(f"cvt{_ROUNDED}[.sat].T.U", "f16", "f64")
    convert(f"cvt{_ROUNDED}[.ftz][.sat].T.U", "f32", "f64")
    convert("cvt[.ftz][.sat].T.U", "f32", "f16")
    convert("cvt[.sat].T.U", "f64", "f16")
    convert("cvt[.ftz][.sat].T.U", "f64", "f32")
    convert("cvt(.rn|.rz)[.relu][.satfinite].T.U", "bf16", "f32", 80)
    convert("cvt(.rn.ftz|.rz.ftz|.rm[.ftz]|.rp[.ftz]).T.U", "bf16", "f32", 80)
    convert("cvt[.rn|.rz|.rm|.rp].T.U", "f32", "bf16", 80)
    convert("cvt[.rn|.rz|.rm|.rp].ftz.T.U", "f32", "bf16", 90)
    convert("cvt[.rn|.rz|.rm|.rp].T.U", "f64", "bf16", 90)
    convert(f"cvt{_ROUNDED}.T.U", "bf16", "f64 f16", 90)
    convert(f"cvt{_ROUNDED}.T.U", "f16", "bf16", 90)
    return made


def _same() -> list[Form]:
    made: list[Form] = []
    made += forms("cvt[.rni|.rzi|.rmi|.rpi][.ftz][.sat].f32.T", "f32", "T = T", _integral)
    made += forms("cvt[.rni|.rzi|.rmi|.rpi][.sat].f16.T", "f16", "T = T", _integral)
    made += forms("cvt[.rni|.rzi|.rmi|.rpi][.sat].f64.T", "f64", "T = T", _integral)
    made += forms("cvt[.rni|.rzi|.rmi|.rpi].bf16.T", "bf16", "T = T", _integral, sm=90)
    return made


FORMS = [
    *_integers(),
    *_formats(),
    *_same(),
    *forms("cvt(.rn|.rz)[.relu][.satfinite].T.f32", "f16x2 bf16x2", "T = f32 f32", _pack, sm=80),
]
