"""IEEE 754 arithmetic of `half`, `bfloat`, `float` and `double`, exact, in every rounding mode.

Values are Python floats (doubles), which hold every value of the narrower formats. Modes are CUDA's: `rn` nearest even,
`rz` toward zero, `ru` up, `rd` down. A NaN's payload is kept by conversions between bits and value, not by arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from crosswarp.ir.semantics.encoding import FORMATS, Format, from_bits, round_to, to_bits

# The encoding's names are offered here too: who computes with a format also reads and writes it.
__all__ = ["FORMATS", "Format", "add", "compare", "div", "fma", "from_bits", "integral", "maximum", "minimum", "mul", "rem",
           "round_exact", "round_half_away", "round_to", "rsqrt", "sqrt", "sub", "to_bits", "to_integer", "to_integer_saturated"]


def round_exact(value: Fraction, kind: str, mode: str = "rn") -> float:
    """An exact non-zero rational rounded once. Zero gives +0."""
    if not value:
        return 0.0
    form = FORMATS[kind]
    negative, size = value < 0, abs(value)
    exponent = size.numerator.bit_length() - size.denominator.bit_length()
    if size < Fraction(2) ** exponent:
        exponent -= 1
    unit = Fraction(2) ** (max(exponent, form.smallest) - form.precision + 1)
    steps, rest = divmod(size, unit)
    if _rounds_away(rest / unit, steps, mode, negative):
        steps += 1
    result = steps * unit
    if result >= Fraction(2) ** (form.largest + 1):
        return _overflow(form, mode, negative)
    return -float(result) if negative else float(result)


def _rounds_away(rest: Fraction, steps: int, mode: str, negative: bool) -> bool:
    if mode == "rn":
        return rest > Fraction(1, 2) or (rest == Fraction(1, 2) and steps % 2 == 1)
    return bool(rest) and mode == ("rd" if negative else "ru")


def _overflow(form: Format, mode: str, negative: bool) -> float:
    if mode in ("rn", "rd" if negative else "ru"):
        return -math.inf if negative else math.inf
    largest = float((Fraction(2) - Fraction(2) ** (1 - form.precision)) * Fraction(2) ** form.largest)
    return -largest if negative else largest


def _finite(*values: float) -> bool:
    return all(math.isfinite(v) for v in values)


def _zero(mode: str, *terms: float) -> float:
    """Zero as the sum of terms that cancel: -0 when all terms are -0, or when rounding down."""
    if all(math.copysign(1, t) < 0 for t in terms if t == 0) and all(t == 0 for t in terms):
        return -0.0
    if mode == "rd" and not all(math.copysign(1, t) > 0 and t == 0 for t in terms):
        return -0.0
    return 0.0


def add(a: float, b: float, kind: str, mode: str = "rn") -> float:
    """A + b."""
    if mode == "rn" or not _finite(a, b):
        return round_to(a + b, kind)
    total = Fraction(a) + Fraction(b)
    return round_exact(total, kind, mode) if total else _zero(mode, a, b)


def sub(a: float, b: float, kind: str, mode: str = "rn") -> float:
    """A - b."""
    return add(a, -b, kind, mode)


def mul(a: float, b: float, kind: str, mode: str = "rn") -> float:
    """A * b."""
    if mode == "rn" or not _finite(a, b) or not (a and b):
        return round_to(a * b, kind)
    return round_exact(Fraction(a) * Fraction(b), kind, mode)


def div(a: float, b: float, kind: str, mode: str = "rn") -> float:
    """A / b, with IEEE results for a zero divisor."""
    if b == 0:
        if math.isnan(a) or a == 0:
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1.0, b)
    if mode == "rn" or not _finite(a, b) or not a:
        return round_to(a / b, kind)
    return round_exact(Fraction(a) / Fraction(b), kind, mode)


def fma(a: float, b: float, c: float, kind: str, mode: str = "rn") -> float:
    """A * b + c, rounded once."""
    if not _finite(a, b):
        return round_to(a * b + c, kind)
    if not _finite(c):
        return c
    total = Fraction(a) * Fraction(b) + Fraction(c)
    return round_exact(total, kind, mode) if total else _zero(mode, a * b if not (a and b) else math.nan, c)


def rem(a: float, b: float, kind: str) -> float:
    """The remainder with the sign of `a` (C's fmod)."""
    if math.isnan(a) or math.isnan(b) or math.isinf(a) or b == 0:
        return math.nan
    return round_to(math.fmod(a, b), kind)


def sqrt(a: float, kind: str, mode: str = "rn") -> float:
    """The square root."""
    if a < 0:
        return math.nan
    if mode == "rn" or not a or not _finite(a):
        return round_to(math.sqrt(a), kind)
    return round_exact(_root(Fraction(a)), kind, mode)


def rsqrt(a: float, kind: str, mode: str = "rn") -> float:
    """1 / sqrt(a), rounded once."""
    if a == 0:
        return math.copysign(math.inf, a)
    if a < 0 or math.isnan(a):
        return math.nan
    return 0.0 if math.isinf(a) else round_exact(_root(1 / Fraction(a)), kind, mode)


def _root(value: Fraction) -> Fraction:
    """The root to 200 bits; inexact roots get a last bit below all that rounding looks at."""
    shift = 400 + value.denominator.bit_length() * 2
    scaled = (value.numerator << shift) // value.denominator
    root = math.isqrt(scaled)
    exact = Fraction(root * root, 1 << shift) == value
    return Fraction(2 * root + (0 if exact else 1), 1 << (shift // 2 + 1))


def to_integer(value: float, mode: str = "rz") -> int:
    """A finite value rounded to an integer."""
    return _TO_INTEGER[mode](value)


_TO_INTEGER: dict[str, Callable[[float], int]] = {"rn": round, "rz": math.trunc, "ru": math.ceil, "rd": math.floor}


def to_integer_saturated(value: float, mode: str, bits: int, signed: bool) -> int:
    """CUDA's conversion: out of range gives the nearest bound, NaN gives 0 (32 bits) or 1 << 63 (64 bits). Unsigned result."""
    mask = (1 << bits) - 1
    if math.isnan(value):
        return 1 << 63 if bits == 64 else 0
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, mask)
    if math.isinf(value):
        return (high if value > 0 else low) & mask
    return min(max(to_integer(value, mode), low), high) & mask


def integral(value: float, mode: str) -> float:
    """A value rounded to an integral value; keeps the sign of zero."""
    if not _finite(value):
        return value
    return math.copysign(float(abs(to_integer(value, mode))), value)


def round_half_away(value: float) -> float:
    """C's round()."""
    if not _finite(value) or abs(value) >= 2.0**52:
        return value
    whole = math.floor(abs(value))
    return math.copysign(whole + (abs(value) - whole >= 0.5), value)


def minimum(a: float, b: float) -> float:
    """The smaller; a number wins over NaN, -0 is smaller than +0 (C's fmin)."""
    if math.isnan(a) or math.isnan(b):
        return b if math.isnan(a) else a
    if a == b:
        return a if math.copysign(1, a) < 0 else b
    return min(a, b)


def maximum(a: float, b: float) -> float:
    """The larger; a number wins over NaN, +0 is larger than -0 (C's fmax)."""
    if math.isnan(a) or math.isnan(b):
        return b if math.isnan(a) else a
    if a == b:
        return b if math.copysign(1, a) < 0 else a
    return max(a, b)


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "eq": lambda a, b: a == b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b, "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b, "ne": lambda a, b: a != b,
}


def compare(predicate: str, a: float, b: float) -> bool:
    """LLVM's `fcmp`: `oeq ... one ord`, `ueq ... une uno`, `true false`."""
    unordered = math.isnan(a) or math.isnan(b)
    if predicate in ("true", "false"):
        return predicate == "true"
    if predicate in ("ord", "uno"):
        return unordered == (predicate == "uno")
    return predicate[0] == "u" if unordered else _COMPARE[predicate[1:]](a, b)
