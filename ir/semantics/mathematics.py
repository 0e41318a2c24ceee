"""Mathematical functions at reference accuracy: Python's libm in double precision, then rounded to the result's format.

For `f32` results that is within 0.5000001 ulp; `f64` results are as good as the host's libm (about 1 ulp).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from crosswarp.ir.semantics import floats

_INF, _NAN = math.inf, math.nan


def _guarded(function: Callable[..., float]) -> Callable[..., float]:
    """NaN for arguments outside the domain, as C's library gives; Python raises instead."""

    def run(*arguments: float) -> float:
        if any(math.isnan(a) for a in arguments):
            return _NAN
        try:
            return function(*arguments)
        except OverflowError:
            return _INF
        except ValueError:
            return _NAN

    return run


def _log(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda x: -_INF if x == 0 else function(x)


def _quadrant(x: float) -> tuple[int, float]:
    """Quarter turns in `x` half turns (0 to 3), and the rest in radians."""
    whole, rest = divmod(math.fmod(abs(x), 2.0), 0.5)
    return int(whole) % 4, rest * math.pi


def _sinpi(x: float) -> float:
    turn, rest = _quadrant(x)
    value = math.cos(rest) if turn % 2 else math.sin(rest)
    value = -value if turn > 1 else value
    return math.copysign(0.0, x) if value == 0 else (value if x > 0 else -value)


def _cospi(x: float) -> float:
    turn, rest = _quadrant(x)
    value = -math.sin(rest) if turn % 2 else math.cos(rest)
    return (-value if turn > 1 else value) + 0.0


def _pow(x: float, y: float) -> float:
    if x == 1 or y == 0:
        return 1.0
    if math.isnan(x) or math.isnan(y):
        return _NAN
    odd = y == math.floor(y) and abs(y) < 2.0**53 and int(y) % 2 == 1
    try:
        return math.pow(x, y)
    except OverflowError:
        return -_INF if x < 0 and odd else _INF
    except ValueError:
        if x == 0:
            return math.copysign(_INF, x) if odd else _INF
        return _NAN


def _exp_like(function: Callable[[float], float], low: float) -> Callable[[float], float]:
    return lambda x: low if x == -_INF else function(x)


def _sinh(x: float) -> float:
    try:
        return math.sinh(x)
    except OverflowError:
        return math.copysign(_INF, x)


def _tgamma(x: float) -> float:
    if x == 0:
        return math.copysign(_INF, x)
    return math.gamma(x)


def _lgamma(x: float) -> float:
    return _INF if x <= 0 and x == math.floor(x) else math.lgamma(x)


def _nextafter(x: float, y: float, kind: str) -> float:
    if math.isnan(x) or math.isnan(y):
        return _NAN
    if x == y:
        return y
    bits = floats.to_bits(abs(x), kind)
    bits = bits + 1 if (y > x) == (x >= 0) or x == 0 else bits - 1
    return math.copysign(floats.from_bits(bits, kind), y if x == 0 else x)


def _hypot(*values: float) -> float:
    return _INF if any(math.isinf(v) for v in values) else math.hypot(*values)


def _reciprocal(function: Callable[..., float]) -> Callable[..., float]:
    return lambda *v: floats.div(1.0, function(*v), "double")


def _cbrt(x: float) -> float:
    """The nearest of libm's result and its neighbours."""
    if x == 0 or math.isinf(x):
        return x
    guess, exact = math.cbrt(abs(x)), Fraction(abs(x))
    near = (guess, math.nextafter(guess, 0.0), math.nextafter(guess, _INF))
    return math.copysign(min(near, key=lambda c: abs(Fraction(c) ** 3 - exact)), x)


def _erfcx(x: float) -> float:
    if x < 25:
        return math.exp(x * x) * math.erfc(x) if x > -26.6 else _INF
    inverse = 1 / (x * x)
    return (1 - inverse * (0.5 - inverse * (0.75 - inverse * 1.875))) / (x * math.sqrt(math.pi))


_PLAIN: dict[str, Callable[..., float]] = {
    "acos": math.acos, "acosh": math.acosh, "asin": math.asin, "asinh": math.asinh, "atan": math.atan,
    "atanh": lambda x: math.copysign(_INF, x) if abs(x) == 1 else math.atanh(x), "cbrt": _cbrt, "cos": math.cos,
    "cosh": math.cosh, "cospi": _cospi, "erf": math.erf, "erfc": math.erfc, "erfcx": _erfcx,
    "exp": _exp_like(math.exp, 0.0), "exp10": _exp_like(lambda x: math.pow(10.0, x), 0.0),
    "exp2": _exp_like(lambda x: math.pow(2.0, x), 0.0), "expm1": _exp_like(math.expm1, -1.0), "lgamma": _lgamma,
    "log": _log(math.log), "log10": _log(math.log10), "log2": _log(math.log2),
    "log1p": lambda x: -_INF if x == -1 else math.log1p(x), "rcbrt": _reciprocal(_cbrt), "sin": math.sin, "sinh": _sinh,
    "sinpi": _sinpi, "tan": math.tan, "tanh": math.tanh, "tgamma": _tgamma, "atan2": math.atan2,
    "rhypot": _reciprocal(_hypot), "norm3d": _hypot, "rnorm3d": _reciprocal(_hypot), "norm4d": _hypot,
    "rnorm4d": _reciprocal(_hypot),
    "normcdf": lambda x: 0.5 * math.erfc(-x / math.sqrt(2.0)),
    "logb": lambda x: _INF if math.isinf(x) else (-_INF if x == 0 else float(math.frexp(x)[1] - 1)),
    "remainder": lambda x, y: _NAN if math.isinf(x) or y == 0 else math.remainder(x, y),
}
FUNCTIONS = {name: _guarded(function) for name, function in _PLAIN.items()} | {
    "pow": _pow, "hypot": lambda x, y: _INF if math.isinf(x) or math.isinf(y) else _guarded(math.hypot)(x, y),
}


def evaluate(name: str, kind: str, *arguments: float) -> float:
    """Function `name` in the format `kind`. Raises `KeyError` for a function without a reference here."""
    if name == "nextafter":
        return _nextafter(arguments[0], arguments[1], kind)
    if name == "rsqrt":
        return floats.rsqrt(arguments[0], kind)
    if name == "fmod":
        return floats.rem(arguments[0], arguments[1], kind)
    return floats.round_to(FUNCTIONS[name](*arguments), kind)


def remquo(x: float, y: float) -> tuple[float, int]:
    """The IEEE remainder, and the low 3 bits of the quotient with its sign."""
    if not math.isfinite(x) or math.isnan(y) or y == 0:
        return _NAN, 0
    rest = math.remainder(x, y)
    if math.isinf(y):
        return rest, 0
    quotient = round((Fraction(x) - Fraction(rest)) / Fraction(y))
    return rest, (abs(quotient) & 7) * (-1 if quotient < 0 else 1)


def ilogb(x: float) -> int:
    """CUDA's: INT_MIN for 0 and NaN, INT_MAX for infinities."""
    if x == 0 or math.isnan(x):
        return -(1 << 31)
    return (1 << 31) - 1 if math.isinf(x) else math.frexp(x)[1] - 1


def ldexp(x: float, n: int, kind: str) -> float:
    """X * 2^n, rounded once."""
    if not math.isfinite(x) or x == 0:
        return x
    value = floats.round_exact(Fraction(x) * Fraction(2) ** max(min(n, 5000), -5000), kind)
    return value if value else math.copysign(0.0, x)
