"""Arithmetic against independent references: rounding by exact rationals, libm, and C's printf by ctypes."""

import ctypes
import math
from fractions import Fraction

import pytest
from crosswarp.ir.semantics import floats, integers, mathematics
from crosswarp.ir.semantics.formats import format_text
from hypothesis import given, settings
from hypothesis import strategies as st

SETTINGS = settings(max_examples=150, derandomize=True, deadline=None)
KINDS = ["half", "bfloat", "float", "double"]


def finite(kind):
    bits = floats.FORMATS[kind].bits
    return st.integers(0, (1 << bits) - 1).map(lambda n: floats.from_bits(n, kind)).filter(math.isfinite)


def is_nearest(result, exact, kind):
    """No neighbour of `result` is closer to `exact`, and a tie is even."""
    bits = floats.to_bits(abs(result), kind)
    error = abs(Fraction(result) - exact)
    for other in (bits - 1, bits + 1):
        if other >= 0 and math.isfinite(floats.from_bits(other, kind)):
            distance = abs(Fraction(math.copysign(floats.from_bits(other, kind), result)) - exact)
            if distance < error or (distance == error and bits % 2 == 1):
                return False
    return True


@pytest.mark.parametrize("kind", KINDS)
@SETTINGS
@given(st.data())
def test_arithmetic_rounds_once_to_nearest_even(kind, data):
    a, b, c = (data.draw(finite(kind)) for _ in range(3))
    for result, exact in ((floats.add(a, b, kind), Fraction(a) + Fraction(b)), (floats.mul(a, b, kind), Fraction(a) * Fraction(b)),
                          (floats.fma(a, b, c, kind), Fraction(a) * Fraction(b) + Fraction(c)),
                          (floats.div(a, b, kind), Fraction(a) / Fraction(b) if b else None)):
        if exact is not None and math.isfinite(result):
            assert is_nearest(result, exact, kind)


@pytest.mark.parametrize("kind", KINDS)
@SETTINGS
@given(st.data())
def test_directed_rounding_encloses_the_exact_value(kind, data):
    a, b = data.draw(finite(kind)), data.draw(finite(kind))
    for op, exact in ((floats.add, Fraction(a) + Fraction(b)), (floats.mul, Fraction(a) * Fraction(b))):
        down, up, zero = (op(a, b, kind, mode) for mode in ("rd", "ru", "rz"))
        if math.isfinite(down) and math.isfinite(up):
            assert Fraction(down) <= exact <= Fraction(up)
            assert zero == (down if exact > 0 else up)
            assert floats.to_bits(abs(up), kind) - floats.to_bits(abs(down), kind) in (-1, 0, 1) or down <= 0 <= up
    root = floats.sqrt(abs(a), kind, "rd")
    assert Fraction(root) ** 2 <= Fraction(abs(a)) <= Fraction(floats.sqrt(abs(a), kind, "ru")) ** 2


@SETTINGS
@given(st.integers(0, 0xFFFFFFFF))
def test_float_bits_survive(bits):
    value = floats.from_bits(bits, "float")
    if math.isnan(value):
        assert floats.to_bits(value, "float") | 0x400000 == bits | 0x400000
    else:
        assert floats.to_bits(value, "float") == bits


@SETTINGS
@given(st.integers(0, 0xFF), st.integers(0, 0xFF))
def test_eight_bit_integers_completely(a, b):
    s = [n - 256 if n > 127 else n for n in (a, b)]
    assert integers.BINARY["add"](a, b, 8, ()) == (a + b) % 256
    assert (integers.BINARY["add"](a, b, 8, ("nsw",)) == (a + b) % 256) == (-128 <= sum(s) <= 127)
    assert (integers.BINARY["mul"](a, b, 8, ("nuw",)) == a * b) == (a * b < 256)
    assert integers.compare("slt", a, b, 8) == (s[0] < s[1]) and integers.compare("ugt", a, b, 8) == (a > b)
    assert integers.reverse_bits(integers.reverse_bits(a, 8), 8) == a
    assert integers.leading_zeros(a, 8) + a.bit_length() == 8
    if s[1] and not (s[0] == -128 and s[1] == -1):
        q, r = (integers.signed(integers.BINARY[op](a, b, 8, ()), 8) for op in ("sdiv", "srem"))
        assert q * s[1] + r == s[0] and abs(r) < abs(s[1]) and (r == 0 or (r < 0) == (s[0] < 0))


SPECIAL = [("sinpi", 1.0, 0.0), ("sinpi", 0.5, 1.0), ("sinpi", -0.5, -1.0), ("sinpi", 1.5, -1.0), ("cospi", 1.0, -1.0),
           ("cospi", 0.5, 0.0),
           ("exp2", -math.inf, 0.0), ("log", 0.0, -math.inf), ("tgamma", 5.0, 24.0), ("cbrt", -27.0, -3.0), ("rsqrt", 4.0, 0.5),
           ("exp10", 2.0, 100.0), ("rcbrt", 8.0, 0.5), ("erfc", 0.0, 1.0), ("normcdf", 0.0, 0.5), ("atanh", 1.0, math.inf),
           ("logb", 8.5, 3.0), ("sinh", -1000.0, -math.inf), ("cosh", 1000.0, math.inf), ("log1p", -1.0, -math.inf)]


@pytest.mark.parametrize(("name", "x", "value"), SPECIAL)
def test_special_values(name, x, value):
    assert mathematics.evaluate(name, "double", x) == value
    assert mathematics.evaluate(name, "float", x) == value
    assert math.isnan(mathematics.evaluate(name, "double", math.nan))


@pytest.mark.parametrize(("x", "y", "value"), [(-2.0, 3.0, -8.0), (0.0, -1.0, math.inf), (-0.0, -3.0, -math.inf),
                                               (2.0, 5000.0, math.inf),
                                               (-2.0, 5001.0, -math.inf), (1.0, math.nan, 1.0), (math.nan, 0.0, 1.0)])
def test_pow(x, y, value):
    assert mathematics.evaluate("pow", "double", x, y) == value
    assert math.isnan(mathematics.evaluate("pow", "double", -8.0, 1 / 3))


def test_saturating_conversions():
    assert floats.to_integer_saturated(1e20, "rz", 32, True) == 0x7FFFFFFF
    assert floats.to_integer_saturated(-5.5, "rz", 32, False) == 0
    assert floats.to_integer_saturated(-2.5, "rn", 32, True) == 0xFFFFFFFE
    assert floats.to_integer_saturated(math.nan, "rz", 32, True) == 0
    assert floats.to_integer_saturated(math.nan, "rz", 64, True) == 1 << 63


@pytest.mark.parametrize(("template", "values"), [
    ("%d %5d|%-5d|%05d|%+d", [1, -2, 3, -4, 5]), ("%x %#X %o", [255, 255, 8]), ("%.3d|%8.3d", [7, 7]), ("%c%c", [65, 66]),
    ("%f %.2f %10.3e|%g %G", [1.5, 2.345, 12345.678, 1e-10, 1e20]), ("%.0f %#.0f %5.1f|", [2.5, 2.0, 0.05]),
    ("%s|%10s|%-6s|%.2s", ["a", "b", "c", "defg"]),
    ("%%|%*d|%-*d|%.*f", [6, 42, 6, 42, 2, 3.14159]),
])
def test_printf_agrees_with_c(template, values):
    rest = iter(values)
    text, count = format_text(template, lambda size: next(rest) & ((1 << 8 * size) - 1), lambda: next(rest), lambda: next(rest))
    buffer = ctypes.create_string_buffer(500)
    as_c = {float: ctypes.c_double, int: ctypes.c_int, str: lambda v: ctypes.c_char_p(v.encode())}
    c = [as_c[type(v)](v) for v in values]
    ctypes.CDLL(None).snprintf(buffer, 500, template.encode(), *c)
    assert text == buffer.value.decode()
    assert count == len(values) - template.count("*")
