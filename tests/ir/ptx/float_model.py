"""Floating-point formats by their definition: exact rationals, rounded once. Independent of everything under test.

A number is `(negative, size)`: the size is a `Fraction`, `INF` or `NAN`.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from fractions import Fraction

INF, NAN = math.inf, None
MODES = {"": "rn", "rn": "rn", "rz": "rz", "rm": "rm", "rp": "rp", "rna": "rna"}


@dataclass(frozen=True)
class Format:
    """Bits of the exponent and of the fraction; `finite`: no infinity, and NaN (if any) is the largest code."""

    exponent: int
    fraction: int
    canonical: int

    @property
    def bits(self):
        return 1 + self.exponent + self.fraction

    @property
    def bias(self):
        return (1 << self.exponent - 1) - 1

    @property
    def infinity(self):
        return (1 << self.exponent) - 1 << self.fraction

    @property
    def one(self):
        return self.bias << self.fraction

    @property
    def sign(self):
        return 1 << self.bits - 1

    def is_nan(self, code):
        return code & (self.sign - 1) > self.infinity

    def is_subnormal(self, code):
        return 0 < code & (self.sign - 1) < 1 << self.fraction

    def flush(self, code):
        return code & self.sign if self.is_subnormal(code) else code

    def decode(self, code):
        size, negative = code & (self.sign - 1), bool(code & self.sign)
        if size >= self.infinity:
            return negative, INF if size == self.infinity else NAN
        exponent, fraction = size >> self.fraction, size & (1 << self.fraction) - 1
        significand = fraction + (1 << self.fraction if exponent else 0)
        return negative, Fraction(significand) * Fraction(2) ** (max(exponent, 1) - self.bias - self.fraction)

    def encode(self, number, mode="rn"):
        negative, size = number
        if size is NAN:
            return self.canonical
        sign = self.sign if negative else 0
        if size == INF:
            return sign | self.infinity
        exponent = max(_exponent(size), 1 - self.bias) if size else 1 - self.bias
        steps, rest = divmod(size / Fraction(2) ** (exponent - self.fraction), 1)
        steps += _goes_up(mode, negative, steps, rest)
        code = int(steps) + (exponent - 1 + self.bias << self.fraction)
        if code >= self.infinity:  # to nearest, and where the mode points away from zero, that is the infinity
            code = self.infinity if _goes_up(mode, negative, 1, Fraction(3, 4)) else self.infinity - 1
        return sign | code


def _exponent(size):
    guess = size.numerator.bit_length() - size.denominator.bit_length()
    return guess if size >= Fraction(2) ** guess else guess - 1


def _goes_up(mode, negative, steps, rest):
    half = Fraction(1, 2)
    if mode == "rn":
        return rest > half or (rest == half and steps % 2 == 1)
    if mode == "rna":
        return rest >= half
    return rest != 0 and mode == ("rm" if negative else "rp")


FORMATS = {"f16": Format(5, 10, 0x7FFF), "bf16": Format(8, 7, 0x7FFF), "f32": Format(8, 23, 0x7FFFFFFF),
           "f64": Format(11, 52, (1 << 63) - 1), "tf32": Format(8, 10, 0x3FFFF)}  # fmt: skip


def number(value):
    """Of a rational; +0 for zero."""
    return value < 0, abs(Fraction(value))


def _signed(a):
    return -a[1] if a[0] else a[1]


def add(a, b, mode="rn"):
    if NAN in (a[1], b[1]) or (a[1] == b[1] == INF and a[0] != b[0]):
        return False, NAN
    if INF in (a[1], b[1]):
        return a if a[1] == INF else b
    total = _signed(a) + _signed(b)
    if total:
        return number(total)
    return (a[0] if a[0] == b[0] and not a[1] else mode == "rm"), Fraction(0)


def neg(a):
    return not a[0], a[1]


def sub(a, b, mode="rn"):
    return add(a, neg(b), mode)


def mul(a, b, mode="rn"):
    negative = a[0] != b[0]
    if NAN in (a[1], b[1]) or (INF in (a[1], b[1]) and 0 in (a[1], b[1])):
        return False, NAN
    return negative, INF if INF in (a[1], b[1]) else a[1] * b[1]


def fma(a, b, c, mode="rn"):
    return add(mul(a, b), c, mode)


def div(a, b, mode="rn"):
    negative = a[0] != b[0]
    if NAN in (a[1], b[1]) or a[1] == b[1] == INF or a[1] == b[1] == 0:
        return False, NAN
    if a[1] == INF or b[1] == 0:
        return negative, INF
    return negative, Fraction(0) if b[1] == INF else a[1] / b[1]


def sqrt(a, mode="rn"):
    """To 300 bits; the last one says that something is left."""
    if a[1] is NAN or (a[0] and a[1]):
        return False, NAN
    if a[1] in (0, INF):
        return a
    shift = 600 + 2 * a[1].denominator.bit_length()
    root = math.isqrt((a[1].numerator << shift) // a[1].denominator)
    exact = Fraction(root, 1 << shift // 2) ** 2 == a[1]
    return False, Fraction(2 * root + (not exact), 1 << shift // 2 + 1)


OPERATIONS = {"add": add, "sub": sub, "mul": mul, "fma": fma, "mad": fma, "div": div, "sqrt": sqrt,
              "rcp": lambda a, mode: div(number(1), a)}  # fmt: skip


def computed(op, kind, mode, codes, ftz=False):
    """The operation on encodings of one format, rounded once."""
    form = FORMATS[kind]
    codes = [form.flush(c) for c in codes] if ftz else codes
    result = form.encode(OPERATIONS[op](*map(form.decode, codes), mode=mode), mode)
    return form.flush(result) if ftz else result


def saturated(code, kind):
    form = FORMATS[kind]
    if form.is_nan(code) or code & form.sign:
        return 0
    return min(code, form.one)


def rectified(code, kind):
    form = FORMATS[kind]
    if form.is_nan(code):
        return form.canonical
    return 0 if code & form.sign else code


def same_nan(kind, code):
    """One encoding for all NaNs."""
    form = FORMATS[kind]
    return form.canonical if form.is_nan(code) else code


def operand(source: random.Random, kind):
    """An encoding: a corner, any bits, or a number not far from 1."""
    form = FORMATS[kind]
    corners = (0, form.one, form.infinity, form.infinity - 1, form.infinity + 1, form.canonical, 1, 1 << form.fraction,
               (1 << form.fraction) - 1, form.one + 1, form.one - 1, form.one | 1 << form.fraction - 1)
    choice = source.random()
    if choice < 0.3:
        code = source.choice(corners)
    elif choice < 0.5:
        return source.getrandbits(form.bits)
    else:
        exponent = form.bias + source.randint(-form.fraction // 2, form.fraction // 2 + 1)
        code = max(0, min(exponent, (1 << form.exponent) - 2)) << form.fraction | _digits(source, form.fraction)
    return code | (form.sign if source.random() < 0.4 else 0)


def _digits(source, bits):
    """Often few, so that results are exact or halfway."""
    few = source.randint(1, bits)
    return source.getrandbits(few) << bits - few if source.random() < 0.6 else source.getrandbits(bits)
