"""Floating-point arithmetic on bit patterns, exact by Python's fractions: what the emulator is compared with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Format:
    """A binary format of IEEE 754. Numbers are their bits; arithmetic rounds to nearest, ties to even."""

    exponent_bits: int
    fraction_bits: int

    @property
    def bits(self) -> int:
        """The width of the format."""
        return 1 + self.exponent_bits + self.fraction_bits

    @property
    def sign(self) -> int:
        """The sign bit; also -0."""
        return 1 << (self.bits - 1)

    @property
    def infinity(self) -> int:
        """+infinity."""
        return self.sign - (1 << self.fraction_bits)

    @property
    def quiet(self) -> int:
        """The bit that makes a NaN quiet."""
        return 1 << (self.fraction_bits - 1)

    @property
    def no_number(self) -> int:
        """The NaN of an operation that has no result."""
        return self.sign | self.infinity | self.quiet

    @property
    def lowest(self) -> int:
        """The exponent of the smallest normal number."""
        return 2 - (1 << (self.exponent_bits - 1))

    def is_nan(self, a: int) -> bool:
        """Any NaN."""
        return a & ~self.sign > self.infinity

    def is_signaling(self, a: int) -> bool:
        """A NaN without the quiet bit."""
        return self.is_nan(a) and not a & self.quiet

    def is_infinite(self, a: int) -> bool:
        """Either infinity."""
        return a & ~self.sign == self.infinity

    def is_zero(self, a: int) -> bool:
        """Either zero."""
        return a & ~self.sign == 0

    def is_denormal(self, a: int) -> bool:
        """Not zero, and below the smallest normal number."""
        return 0 < a & ~self.sign < 1 << self.fraction_bits

    def flushed(self, a: int) -> int:
        """A denormal's zero; anything else as it is."""
        return a & self.sign if self.is_denormal(a) else a

    def number(self, a: int) -> Fraction:
        """The value of a finite number."""
        exponent, fraction = (a & ~self.sign) >> self.fraction_bits, a & ((1 << self.fraction_bits) - 1)
        significand = fraction if exponent == 0 else fraction | 1 << self.fraction_bits
        value = Fraction(significand) * Fraction(2) ** (max(exponent, 1) - 1 + self.lowest - self.fraction_bits)
        return -value if a & self.sign else value

    def real(self, a: int) -> float:
        """The value as a Python float, infinities and NaN among them; exact up to 64 bits."""
        if self.is_nan(a):
            return math.nan
        if self.is_infinite(a):
            return -math.inf if a & self.sign else math.inf
        return math.copysign(float(self.number(a)), -1.0 if a & self.sign else 1.0)

    def rounded(self, value: Fraction, zero: int = 0) -> int:
        """The nearest number; `zero` where the value is 0."""
        if value == 0:
            return zero
        magnitude, sign = abs(value), self.sign if value < 0 else 0
        exponent = max(_exponent(magnitude), self.lowest)
        steps = magnitude / Fraction(2) ** (exponent - self.fraction_bits)
        encoded = round(steps) + ((exponent - self.lowest) << self.fraction_bits)  # Python rounds ties to even
        return sign | min(encoded, self.infinity)


def _exponent(value: Fraction) -> int:
    """n with 2**n <= value < 2**(n + 1)."""
    n = value.numerator.bit_length() - value.denominator.bit_length()
    return n if value >= Fraction(2) ** n else n - 1


F16, F32, F64, BF16 = Format(5, 10), Format(8, 23), Format(11, 52), Format(8, 7)
FORMATS = {"f16": F16, "f32": F32, "f64": F64, "bf16": BF16}


def _first_nan(f: Format, *values: int) -> int | None:
    return next((v | f.quiet for v in values if f.is_nan(v)), None)


def multiply(f: Format, a: int, b: int) -> int:
    """a * b."""
    if (nan := _first_nan(f, a, b)) is not None:
        return nan
    sign = (a ^ b) & f.sign
    if f.is_infinite(a) or f.is_infinite(b):
        return f.no_number if f.is_zero(a) or f.is_zero(b) else sign | f.infinity
    return f.rounded(f.number(a) * f.number(b), sign)


def fused(f: Format, a: int, b: int, c: int) -> int:
    """a * b + c, rounded once."""
    if (nan := _first_nan(f, a, b, c)) is not None:
        return nan
    sign = (a ^ b) & f.sign
    if f.is_infinite(a) or f.is_infinite(b):
        if f.is_zero(a) or f.is_zero(b) or (f.is_infinite(c) and c & f.sign != sign):
            return f.no_number
        return sign | f.infinity
    if f.is_infinite(c):
        return c
    product, addend = f.number(a) * f.number(b), f.number(c)
    both = sign & c if product == 0 and addend == 0 else 0  # -0 only as the sum of two of them
    return f.rounded(product + addend, both)


def add(f: Format, a: int, b: int) -> int:
    """a + b."""
    one = f.rounded(Fraction(1))
    nan = _first_nan(f, a, b)
    return fused(f, a, one, b) if nan is None else nan


def subtract(f: Format, a: int, b: int) -> int:
    """a - b; a NaN keeps its sign."""
    nan = _first_nan(f, a, b)
    return add(f, a, b ^ f.sign) if nan is None else nan


def converted(source: Format, target: Format, a: int) -> int:
    """A number in another format, rounded; a NaN keeps the upper bits of its fraction, and is quiet."""
    sign = target.sign if a & source.sign else 0
    if source.is_nan(a):
        fraction = a & ((1 << source.fraction_bits) - 1)
        shift = target.fraction_bits - source.fraction_bits
        return sign | target.infinity | target.quiet | (fraction << shift if shift >= 0 else fraction >> -shift)
    if source.is_infinite(a):
        return sign | target.infinity
    return target.rounded(source.number(a), sign)


def corners(f: Format) -> list[int]:
    """Zeros, denormals, ends of ranges, halfway cases, infinities and NaN, of both signs."""
    one = f.rounded(Fraction(1))
    near_one = [one, one + 1, one - 1, f.rounded(Fraction(3, 2)), f.rounded(Fraction(1, 2)), f.rounded(Fraction(1, 3))]
    smallest = 1 << f.fraction_bits
    small = [0, 1, 2, 3, smallest - 1, smallest, smallest + 1, f.rounded(Fraction(2) ** (f.lowest // 2))]
    large = [f.infinity - 1, f.infinity - smallest, f.infinity - 2 * smallest, f.rounded(Fraction(2) ** f.fraction_bits + 1)]
    special = [f.infinity, f.infinity | 1, f.infinity | f.quiet, f.infinity | f.quiet | 5]
    positive = near_one + small + large + special
    return positive + [f.sign | value for value in positive]
