"""Formats of 8, 6 and 4 bits by their codes, and rounding between formats. Source: OCP 8-bit Floating Point, OCP Microscaling."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from crosswarp.ir.semantics.floats import from_bits, round_exact


class Code(NamedTuple):
    """Mantissa bits, bias, code of the largest value, code of NaN (the largest where the format has none), bits in all."""

    mantissa: int
    bias: int
    largest: int
    nan: int
    bits: int

    @property
    def has_infinity(self) -> bool:
        """The format is like IEEE's: infinity, then NaN."""
        return self.nan - self.largest == 1 << self.mantissa


CODES = {
    "e4m3": Code(3, 7, 0x7E, 0x7F, 8), "e5m2": Code(2, 15, 0x7B, 0x7F, 8), "e2m3": Code(3, 1, 0x1F, 0x1F, 6),
    "e3m2": Code(2, 3, 0x1F, 0x1F, 6), "e2m1": Code(1, 1, 7, 7, 4),
}  # fmt: skip


def rounded(value: float, kind: str, mode: str) -> float:
    """A value rounded once to a format of LLVM; NaN gives PTX's canonical one."""
    if math.isnan(value):
        return from_bits({"half": 0x7FFF, "bfloat": 0x7FFF, "float": 0x7FFFFFFF}[kind], kind)
    if math.isinf(value) or not value:
        return value
    return math.copysign(round_exact(Fraction(value), kind, mode), value)


def encode(value: float, form: Code) -> int:
    """The code nearest to the value, ties to even; beyond the largest, that one."""
    if math.isnan(value):
        return form.nan
    sign = (1 << form.bits - 1) if math.copysign(1.0, value) < 0 else 0
    if math.isinf(value):
        return sign | form.largest
    size = Fraction(abs(value))
    exponent = max(math.frexp(abs(value))[1] - 1, 1 - form.bias) if value else 1 - form.bias
    steps = round(size / Fraction(2) ** (exponent - form.mantissa))
    return sign | min(steps + (exponent - 1 + form.bias << form.mantissa), form.largest)


def decode(code: int, form: Code) -> float:
    """The value of a code; NaN is that of `half`."""
    size, negative = code & (1 << form.bits - 1) - 1, code >> form.bits - 1 & 1
    if size > form.largest and not (form.has_infinity and size == form.largest + 1):
        return from_bits(0x7FFF, "half")
    exponent, fraction = size >> form.mantissa, size & (1 << form.mantissa) - 1
    if size > form.largest:
        value = math.inf
    elif exponent:
        value = math.ldexp((1 << form.mantissa) + fraction, exponent - form.bias - form.mantissa)
    else:
        value = math.ldexp(fraction, 1 - form.bias - form.mantissa)
    return -value if negative else value


def scale_code(value: float, up: bool, saturate: bool) -> int:
    """The code of ue8m0, 2^(code - 127), next to a magnitude, below or above it; 255 is NaN."""
    if math.isnan(value):
        return 255
    if math.isinf(value):
        return 254 if saturate else 255
    fraction, exponent = math.frexp(abs(value))
    code = exponent - 1 + 127 + (up and fraction > 0.5) if value else 0
    return max(0, min(code, 254 if saturate or not up else 255))
