"""The `__cw.math.*` and `__cw.cvt.*` operations of the CUDA headers. Source: CUDA Math API."""

from __future__ import annotations

import math
from typing import Any

from crosswarp.ir.operations.record import FLOAT_KINDS, OPERANDS, PURE, READ, WRITE, Evaluate, Operation, family
from crosswarp.ir.semantics import floats, mathematics
from crosswarp.ir.semantics.integers import signed

_UNARY = ("acos acosh asin asinh atan atanh cbrt cos cosh cospi erf erfc erfcx exp exp10 exp2 expm1 lgamma log log10 log1p "
          "log2 logb normcdf rcbrt rsqrt sin sinh sinpi tan tanh tgamma")
_UNARY_WITHOUT_REFERENCE = "cyl_bessel_i0 cyl_bessel_i1 erfcinv erfinv j0 j1 normcdfinv y0 y1"
_BINARY = "atan2 fmod hypot nextafter pow remainder rhypot"


def _function(name: str, kind: str) -> Evaluate:
    format_ = FLOAT_KINDS[kind]
    return lambda t, *arguments: mathematics.evaluate(name, format_, *arguments)


def _fast(name: str) -> Evaluate:
    if name == "div":
        return lambda t, a, b: floats.div(a, b, "float")
    return _function(name, "f32")


def _rounded(op: str, mode: str, kind: str) -> Evaluate:
    compute: Any = getattr(floats, op)
    direction = {"rn": "rn", "rz": "rz", "ru": "ru", "rd": "rd", "rp": "ru", "rm": "rd"}[mode]
    return lambda t, *arguments: compute(*arguments, FLOAT_KINDS[kind], direction)


def _sincos(name: str, kind: str) -> Evaluate:
    format_ = FLOAT_KINDS[kind]
    suffix = name.removeprefix("sincos")

    def run(t: Any, x: float, sine: int, cosine: int) -> None:
        t.store(format_, sine, mathematics.evaluate("sin" + suffix, format_, x))
        t.store(format_, cosine, mathematics.evaluate("cos" + suffix, format_, x))

    return run


def _modf(kind: str) -> Evaluate:
    format_ = FLOAT_KINDS[kind]

    def run(t: Any, x: float, whole: int) -> float:
        integral = floats.integral(x, "rz")
        t.store(format_, whole, integral)
        return math.copysign(0.0 if math.isinf(x) else x - integral, x)

    return run


def _frexp(kind: str) -> Evaluate:
    def run(t: Any, x: float, exponent: int) -> float:
        fraction, power = math.frexp(x)
        t.store("i32", exponent, power & 0xFFFFFFFF)
        return fraction

    return run


def _remquo(kind: str) -> Evaluate:
    def run(t: Any, x: float, y: float, quotient: int) -> float:
        rest, low = mathematics.remquo(x, y)
        t.store("i32", quotient, low & 0xFFFFFFFF)
        return rest

    return run


def _norm(name: str, kind: str) -> Evaluate:
    format_ = FLOAT_KINDS[kind]
    size = floats.FORMATS[format_].bits // 8

    def run(t: Any, count: int, address: int) -> float:
        values = [t.load(format_, address + size * n) for n in range(signed(count, 32))]
        length = math.inf if any(map(math.isinf, values)) else math.hypot(*values)
        return floats.round_to(floats.div(1.0, length, "double") if name == "rnorm" else length, format_)

    return run


def _to_integer(target: str, mode: str, kind: str) -> Evaluate:
    bits, is_signed = int(target[1:]), target[0] == "i"
    return lambda t, value: floats.to_integer_saturated(value, mode, bits, is_signed)


def _from_integer(target: str, mode: str, source: str) -> Evaluate:
    from fractions import Fraction

    bits, is_signed = int(source[1:]), source[0] == "i"
    return lambda t, value: floats.round_exact(Fraction(signed(value, bits) if is_signed else value), FLOAT_KINDS[target], mode)


def _narrow(mode: str) -> Evaluate:
    from fractions import Fraction

    def run(t: Any, value: float) -> float:
        if not math.isfinite(value) or value == 0:
            return value
        result = floats.round_exact(Fraction(value), "float", mode)
        return result if result else math.copysign(0.0, value)

    return run


def _conversions() -> list[Operation]:
    made: list[Operation] = []
    for target in ("i32", "u32", "i64", "u64"):
        made += family(f"__cw.cvt.{target}.{{mode}}.{{kind}}", f"i{target[1:]} ({{type}})", PURE, OPERANDS,
                       f"to {target}, rounding {{mode}}; out of range gives the nearest bound, NaN 0 or 1 << 63",
                       lambda mode, kind, target=target: _to_integer(target, mode, kind), mode="rn rz ru rd", kind="f32 f64")
    for target, result in (("f32", "float"), ("f64", "double")):
        made += family(f"__cw.cvt.{target}.{{mode}}.{{kind}}", f"{result} ({{type}})", PURE, OPERANDS,
                       f"to {target}, rounding {{mode}}",
                       lambda mode, kind, target=target: _from_integer(target, mode, kind), mode="rz ru rd",
                       kind="i32 u32 i64 u64")
    return made + family("__cw.cvt.f32.{mode}.f64", "float (double)", PURE, OPERANDS, "to f32, rounding {mode}", _narrow,
                         mode="rz ru rd")


_M = "__cw.math."
_KINDS = "f32 f64"
OPERATIONS = [
    *family(_M + "{name}.{kind}", "{type} ({type})", PURE, OPERANDS, "{name}", _function, name=_UNARY, kind=_KINDS),
    *family(_M + "{name}.{kind}", "{type} ({type})", PURE, OPERANDS, "{name}", None, name=_UNARY_WITHOUT_REFERENCE, kind=_KINDS),
    *family(_M + "{name}.{kind}", "{type} ({type}, {type})", PURE, OPERANDS, "{name}", _function, name=_BINARY, kind=_KINDS),
    *family(_M + "{name}.{kind}", "{type} ({type}, {type}, {type})", PURE, OPERANDS, "(reciprocal of the) length", _function,
            name="norm3d rnorm3d", kind=_KINDS),
    *family(_M + "{name}.{kind}", "{type} ({type}, {type}, {type}, {type})", PURE, OPERANDS, "(reciprocal of the) length",
            _function, name="norm4d rnorm4d", kind=_KINDS),
    *family(_M + "ldexp.{kind}", "{type} ({type}, i32)", PURE, OPERANDS, "x * 2^n",
            lambda kind: lambda t, x, n: mathematics.ldexp(x, signed(n, 32), FLOAT_KINDS[kind]), kind=_KINDS),
    *family(_M + "ilogb.{kind}", "i32 ({type})", PURE, OPERANDS, "exponent",
            lambda kind: lambda t, x: mathematics.ilogb(x) & 0xFFFFFFFF, kind=_KINDS),
    *family(_M + "{name}.{kind}", "{type} (i32, {type})", PURE, OPERANDS, "Bessel function of order n", None, name="jn yn",
            kind=_KINDS),
    *family(_M + "{name}.{kind}", "void ({type}, ptr, ptr)", WRITE, OPERANDS, "sine and cosine through pointers", _sincos,
            name="sincos sincospi", kind=_KINDS),
    *family(_M + "modf.{kind}", "{type} ({type}, ptr)", WRITE, OPERANDS, "fraction; whole part through the pointer", _modf,
            kind=_KINDS),
    *family(_M + "frexp.{kind}", "{type} ({type}, ptr)", WRITE, OPERANDS, "fraction; exponent through the pointer", _frexp,
            kind=_KINDS),
    *family(_M + "remquo.{kind}", "{type} ({type}, {type}, ptr)", WRITE, OPERANDS, "remainder; quotient through the pointer",
            _remquo, kind=_KINDS),
    *family(_M + "{name}.{kind}", "{type} (i32, ptr)", READ, OPERANDS, "length of a vector in memory (or its reciprocal)", _norm,
            name="norm rnorm", kind=_KINDS),
    *family(_M + "{name}.fast.f32", "float (float)", PURE, OPERANDS, "hardware approximation of {name}", _fast,
            name="cos exp exp10 log log10 log2 sin tan tanh"),
    *family(_M + "{name}.fast.f32", "float (float, float)", PURE, OPERANDS, "hardware approximation of {name}", _fast,
            name="pow div"),
    *family(_M + "{op}.{mode}.{kind}", "{type} ({type}, {type})", PURE, OPERANDS, "{op} rounded {mode}", _rounded,
            op="add mul div", mode="rn rz ru rd", kind=_KINDS),
    *family(_M + "{op}.{mode}.{kind}", "{type} ({type})", PURE, OPERANDS, "{op} rounded {mode}", _rounded, op="sqrt",
            mode="rn rz ru rd", kind=_KINDS),
    *family(_M + "{op}.{mode}.{kind}", "{type} ({type}, {type}, {type})", PURE, OPERANDS, "a * b + c rounded {mode}", _rounded,
            op="fma", mode="rn rz ru rd", kind=_KINDS),
    *family(_M + "rsqrt.rn.f32", "float (float)", PURE, OPERANDS, "1 / sqrt(x), rounded once",
            lambda kind: lambda t, x: floats.rsqrt(x, "float"), kind="f32"),
    *_conversions(),
]
