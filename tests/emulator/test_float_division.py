"""Division and square root as LLVM expands them, from the emulated steps: correctly rounded for every operand."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.emulator.float_formats import F16, F32, F64, Format, corners
from tests.emulator.float_lanes import ARCHS, Line, low_bits, results

# v20 and up are free: results of these tests are v8 and v9.
DIVIDE_F32 = """
v_div_scale_f32 v20, {s}, v2, v2, v0
v_div_scale_f32 v21, vcc{lo}, v0, v2, v0
v_rcp_f32 v22, v20
v_fma_f32 v23, -v20, v22, 1.0
v_fma_f32 v22, v23, v22, v22
v_mul_f32 v24, v21, v22
v_fma_f32 v25, -v20, v24, v21
v_fma_f32 v24, v25, v22, v24
v_fma_f32 v25, -v20, v24, v21
v_div_fmas_f32 v24, v25, v22, v24
v_div_fixup_f32 v8, v24, v2, v0"""

DIVIDE_F64 = """
v_div_scale_f64 v[20:21], {s}, v[2:3], v[2:3], v[0:1]
v_div_scale_f64 v[22:23], vcc{lo}, v[0:1], v[2:3], v[0:1]
v_rcp_f64 v[24:25], v[20:21]
v_fma_f64 v[26:27], -v[20:21], v[24:25], 1.0
v_fma_f64 v[24:25], v[24:25], v[26:27], v[24:25]
v_fma_f64 v[26:27], -v[20:21], v[24:25], 1.0
v_fma_f64 v[24:25], v[24:25], v[26:27], v[24:25]
v_mul_f64 v[28:29], v[22:23], v[24:25]
v_fma_f64 v[20:21], -v[20:21], v[28:29], v[22:23]
v_div_fmas_f64 v[20:21], v[20:21], v[24:25], v[28:29]
v_div_fixup_f64 v[8:9], v[20:21], v[2:3], v[0:1]"""

DIVIDE_F16 = """
v_cvt_f32_f16 v20, v0
v_cvt_f32_f16 v21, v2
v_rcp_f32 v22, v21
v_mul_f32 v23, v20, v22
v_fma_f32 v24, -v21, v23, v20
v_fma_f32 v23, v24, v22, v23
v_cvt_f16_f32 v23, v23
v_div_fixup_f16 v8, v23, v2, v0"""


def program(text: str, lanes: int, bits: int) -> list[Line]:
    """The expansion as one line; `s` is a mask that is not used."""
    text = text.replace("{s}", "s[4:5]" if lanes == 64 else "s4").replace("{lo}", "" if lanes == 64 else "_lo")
    return [Line(text.replace("{", "{{").replace("}", "}}"), bits)]


def operands(f: Format, count: int) -> tuple[list[int], list[int]]:
    """All pairs of corners, random pairs, and pairs whose quotient is near an end of the range."""
    source, edges = random.Random(f"division {f.bits}"), corners(f)
    pairs = [(a, b) for a in edges for b in edges]
    for _ in range(count):
        pairs.append((source.getrandbits(f.bits), source.getrandbits(f.bits)))
        a = source.getrandbits(f.bits)
        b = source.getrandbits(f.fraction_bits) | (source.randint(0, 2**f.exponent_bits - 2)) << f.fraction_bits
        pairs.append((a, b))
    for step in range(f.fraction_bits + 4):  # quotients around the smallest normal and denormal numbers
        numerator = f.rounded(Fraction(2) ** (f.lowest - step + 2)) | source.getrandbits(min(f.fraction_bits, 8))
        pairs += [(numerator, f.rounded(Fraction(n))) for n in (3, 5, 7, 2, 4)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def quotients(kind: type[np.floating], integer: type[np.unsignedinteger], a: list[int], b: list[int]) -> NDArray[np.uint64]:
    """What the processor divides."""
    with np.errstate(all="ignore"):
        quotient = np.array(a, integer).view(kind) / np.array(b, integer).view(kind)
    return quotient.view(integer).astype(np.uint64)


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_quotients(arch: str, lanes: int) -> None:
    """f32, f64 and f16; a NaN only has to be one."""
    f16_quotient = lambda a, b: quotients(np.float16, np.uint16, a, b)  # noqa: E731
    cases = [
        (F32, DIVIDE_F32, lambda a, b: quotients(np.float32, np.uint32, a, b)),
        (F64, DIVIDE_F64, lambda a, b: quotients(np.float64, np.uint64, a, b)),
        (F16, DIVIDE_F16, f16_quotient),
    ]
    for f, text, expected in cases:
        a, b = operands(f, 1000)
        found = low_bits(results(program(text, lanes, f.bits), [a, b], arch, lanes)[0], f.bits)
        for x, y, got, want in zip(a, b, found, expected(a, b), strict=True):
            same = f.is_nan(got) if f.is_nan(int(want)) else got == int(want)
            assert same, f"{arch}: {x:#x} / {y:#x} of {f.bits} bits is {got:#x}, not {int(want):#x}"


SQUARE_ROOT_F64 = """
v_rsq_f64 v[20:21], v[0:1]
v_mul_f64 v[22:23], v[0:1], v[20:21]
v_mul_f64 v[20:21], v[20:21], 0.5
v_fma_f64 v[24:25], -v[20:21], v[22:23], 0.5
v_fma_f64 v[22:23], v[22:23], v[24:25], v[22:23]
v_fma_f64 v[26:27], -v[22:23], v[22:23], v[0:1]
v_fma_f64 v[20:21], v[20:21], v[24:25], v[20:21]
v_fma_f64 v[22:23], v[26:27], v[20:21], v[22:23]
v_fma_f64 v[26:27], -v[22:23], v[22:23], v[0:1]
v_fma_f64 v[8:9], v[26:27], v[20:21], v[22:23]"""


def test_square_root_f64() -> None:
    """Numbers that need no scaling."""
    source = random.Random("root")
    numbers = [F64.rounded(Fraction(source.getrandbits(53)) * Fraction(2) ** source.randint(-300, 300)) for _ in range(2000)]
    found = results(program(SQUARE_ROOT_F64, 32, 64), [numbers], "gfx1100", 32)[0]
    with np.errstate(all="ignore"):
        expected = np.sqrt(np.array(numbers, np.uint64).view(np.float64)).view(np.uint64)
    assert (found == expected)[np.array(numbers) != 0].all()


def test_special_quotients() -> None:
    """What division gives where there is no number, and the NaN that goes through: the numerator's before the denominator's."""
    nan, other = F32.infinity | F32.quiet | 7, F32.infinity | 9
    inf, zero, one = F32.infinity, 0, F32.rounded(Fraction(1))
    cases = [
        (zero, zero, F32.no_number), (inf, inf, F32.no_number), (zero | F32.sign, zero, F32.no_number), (one, zero, inf),
        (one | F32.sign, zero, inf | F32.sign), (inf, one | F32.sign, inf | F32.sign), (one, inf | F32.sign, F32.sign),
        (nan, other, nan), (one, other, other | F32.quiet), (other, nan, other | F32.quiet),
    ]  # fmt: skip
    line = [Line("v_div_fixup_f32 {d}, {c}, {b}, {a}", 32)]
    columns = [[row[n] for row in cases] for n in (0, 1)]
    found = low_bits(results(line, [*columns, [one] * len(cases)], "gfx1100", 32)[0], 32)
    assert found == [row[2] for row in cases]


def test_two_by_pi() -> None:
    """The segments of 2/pi add up to it, shifted for large angles."""
    two_by_pi = Fraction(2) / _pi()
    angles = [F64.rounded(Fraction(2) ** exponent) for exponent in (0, 50, 54, 60, 200, 1000) for _ in range(3)]
    segments = [0, 1, 2] * 6
    line = [Line("v_trig_preop_f64 {D}, {A}, {b}", 64)]
    found = low_bits(results(line, [angles, segments], "gfx942", 64)[0], 64)
    for n, got in enumerate(found):
        exponent = (angles[n] >> 52) - 1077
        first = 53 * segments[n] + max(exponent, 0)
        bits = (two_by_pi * 2 ** (first + 53)).__floor__() % 2**53
        scale = Fraction(2) ** (-53 - first + (128 if (angles[n] >> 52) >= 1968 else 0))
        assert F64.number(got) == bits * scale, f"segment {segments[n]} of {angles[n]:#x}"


def _pi() -> Fraction:
    """By Machin's formula, to 2**-1500."""
    return 4 * (4 * _arctangent(5) - _arctangent(239))


def _arctangent(n: int) -> Fraction:
    """Of 1 / n, as a multiple of 2**-1600."""
    one, total, k = 1 << 1600, 0, 0
    while power := one // n ** (2 * k + 1):
        total += (-1) ** k * (power // (2 * k + 1))
        k += 1
    return Fraction(total, one)
