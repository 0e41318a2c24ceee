"""Bits and values of `half`, `bfloat`, `float` and `double`.

Apart from the arithmetic (`floats.py`) because every compilation reads constants, and none computes with exact fractions.
"""

from __future__ import annotations

import math
import struct
from typing import NamedTuple


class Format(NamedTuple):
    """Bits of significand (with the hidden one), smallest and largest exponent of normal numbers, bits in all."""

    precision: int
    smallest: int
    largest: int
    bits: int


FORMATS = {"half": Format(11, -14, 15, 16), "bfloat": Format(8, -126, 127, 16), "float": Format(24, -126, 127, 32),
           "double": Format(53, -1022, 1023, 64)}
_INFINITIES = {kind: (1 << form.bits - 1) - (1 << form.precision - 1) for kind, form in FORMATS.items()}
_STRUCT = {"half": ("<e", "<H"), "float": ("<f", "<I"), "double": ("<d", "<Q")}


def to_bits(value: float, kind: str) -> int:
    """Encoding of a value that the format holds exactly."""
    if kind == "bfloat":
        return to_bits(value, "float") >> 16
    if kind != "double" and math.isnan(value):
        wide, form = to_bits(value, "double"), FORMATS[kind]
        payload = (wide & (1 << 52) - 1) >> 53 - form.precision
        return (wide >> 63) << form.bits - 1 | _INFINITIES[kind] | (payload or 1 << form.precision - 2)
    as_float, as_int = _STRUCT[kind]
    bits: int = struct.unpack(as_int, struct.pack(as_float, value))[0]
    return bits


def from_bits(bits: int, kind: str) -> float:
    """Value of an encoding."""
    if kind == "bfloat":
        return from_bits(bits << 16, "float")
    if kind != "double" and bits & _INFINITIES[kind] == _INFINITIES[kind]:
        form = FORMATS[kind]
        payload = (bits & (1 << form.precision - 1) - 1) << 53 - form.precision
        return from_bits(bits >> form.bits - 1 << 63 | 0x7FF << 52 | payload, "double")
    as_float, as_int = _STRUCT[kind]
    value: float = struct.unpack(as_float, struct.pack(as_int, bits))[0]
    return value


def round_to(value: float, kind: str) -> float:
    """A double rounded to the format, nearest even; overflow gives an infinity."""
    if kind == "double" or math.isinf(value) or math.isnan(value):
        return value
    if kind == "bfloat":
        from fractions import Fraction

        from crosswarp.ir.semantics.floats import round_exact

        return round_exact(Fraction(value), kind) if value else value
    as_float = _STRUCT[kind][0]
    try:
        rounded: float = struct.unpack(as_float, struct.pack(as_float, value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)
    return rounded
