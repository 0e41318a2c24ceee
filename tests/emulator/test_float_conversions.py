"""Conversions between floating-point types and integers: saturation, rounding, NaN, 8-bit floats."""

from __future__ import annotations

import math
import random
from bisect import bisect
from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np
import pytest

from tests.emulator.float_formats import F16, F32, F64, FORMATS, Format, converted, corners
from tests.emulator.float_lanes import ARCHS, WAVE32, Line, low_bits, present, results

ALL_HALVES = np.arange(1 << 16, dtype=np.uint64)


def numbers(f: Format, count: int = 500) -> list[int]:
    """Corners, random bits, numbers near the ends of integer types and near halves."""
    source = random.Random(f"conversions {f.bits}")
    ends = [sign * (1 << n) for n in (0, 4, 7, 8, 15, 16, 31, 32) for sign in (1, -1)]
    near = [f.rounded(Fraction(end) + Fraction(step, 4)) for end in ends for step in range(-5, 6)]
    fractions = [f.rounded(Fraction(source.randint(-4000, 4000), source.choice([2, 3, 256, 1024, 65535]))) for _ in range(count)]
    return corners(f) + near + fractions + [source.getrandbits(f.bits) for _ in range(count)]


def integer(f: Format, low: int, high: int, way: Callable[[Fraction], int] = math.trunc) -> Callable[[int], int]:
    """To an integer in a range; NaN is 0."""

    def convert(a: int) -> int:
        if f.is_nan(a):
            return 0
        if f.is_infinite(a):
            return low if a & f.sign else high
        return max(low, min(high, way(f.number(a))))

    return convert


SIGNED, UNSIGNED = (-(2**31), 2**31 - 1), (0, 2**32 - 1)
INTEGERS: list[tuple[str, str, tuple[int, int], Callable[[Fraction], int]]] = [
    ("v_cvt_i32_f32 {d}, {a}", "f32", SIGNED, math.trunc),
    ("v_cvt_u32_f32 {d}, {a}", "f32", UNSIGNED, math.trunc),
    ("v_cvt_i32_f64 {d}, {A}", "f64", SIGNED, math.trunc),
    ("v_cvt_u32_f64 {d}, {A}", "f64", UNSIGNED, math.trunc),
    ("v_cvt_flr_i32_f32 {d}, {a}", "f32", SIGNED, math.floor),
    ("v_cvt_floor_i32_f32 {d}, {a}", "f32", SIGNED, math.floor),
]


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_to_integers(arch: str, lanes: int) -> None:
    """Saturated, truncated or rounded down."""
    for text, name, (low, high), way in INTEGERS:
        line, f = Line(text, 32), FORMATS[name]
        operands = numbers(f)
        if not present([line], arch, lanes):
            continue
        expected = integer(f, low, high, way)
        for a, got in zip(operands, low_bits(results([line], [operands], arch, lanes)[0], 32), strict=True):
            assert got == expected(a) & 0xFFFFFFFF, f"{arch}: {text} of {a:#x} is {got:#x}"


def test_half_to_integers() -> None:
    """Every f16, to 16 bits; and as a fraction of the largest integer."""

    def fraction(low: int, high: int) -> Callable[[int], int]:
        return integer(F16, low, high, lambda x: max(low, min(high, round(x * high))))

    cases = {
        "v_cvt_i16_f16": integer(F16, -(2**15), 2**15 - 1),
        "v_cvt_u16_f16": integer(F16, 0, 2**16 - 1),
        "v_cvt_norm_i16_f16": fraction(-(2**15) + 1, 2**15 - 1),
        "v_cvt_norm_u16_f16": fraction(0, 2**16 - 1),
    }
    expected = {name: [convert(a) & 0xFFFF for a in range(1 << 16)] for name, convert in cases.items()}
    lines = [Line(f"{name} {{d}}, {{a}}", 16) for name in cases]
    for arch, lanes in (WAVE32, ("gfx942", 64)):
        for name, column in zip(cases, results(lines, [ALL_HALVES], arch, lanes), strict=True):
            assert low_bits(column, 16) == expected[name], name


def test_nearest_integer() -> None:
    """floor(x + 0.5), the sum rounded to f32."""
    operands = [a for a in numbers(F32) if abs(F32.real(a)) < 2**30]
    found = low_bits(results([Line("v_cvt_nearest_i32_f32 {d}, {a}", 32)], [operands], *WAVE32)[0], 32)
    for a, got in zip(operands, found, strict=True):
        shifted = F32.number(F32.rounded(F32.number(a) + Fraction(1, 2)))
        assert got == math.floor(shifted) & 0xFFFFFFFF


def test_from_integers() -> None:
    """Every type of integer, rounded once."""
    source = random.Random("integers")
    operands = [source.getrandbits(source.randint(1, 32)) for _ in range(700)] + [0, 1, 2**31, 2**31 - 1, 2**32 - 1, 0x7FFFFFBF]
    operands += [0xFFFFFFFF - v for v in operands]

    def signed(value: int, bits: int) -> int:
        value &= (1 << bits) - 1
        return value - (1 << bits) if value >> (bits - 1) else value

    cases: list[tuple[Line, Format, Callable[[int], Fraction]]] = [
        (Line("v_cvt_f32_i32 {d}, {a}", 32), F32, lambda a: Fraction(signed(a, 32))),
        (Line("v_cvt_f32_u32 {d}, {a}", 32), F32, Fraction),
        (Line("v_cvt_f64_i32 {D}, {a}", 64), F64, lambda a: Fraction(signed(a, 32))),
        (Line("v_cvt_f64_u32 {D}, {a}", 64), F64, Fraction),
        (Line("v_cvt_f16_i16 {d}, {a}", 16), F16, lambda a: Fraction(signed(a, 16))),
        (Line("v_cvt_f16_u16 {d}, {a}", 16), F16, lambda a: Fraction(a & 0xFFFF)),
        *(
            (Line(f"v_cvt_f32_ubyte{n} {{d}}, {{a}}", 32), F32, lambda a, n=n: Fraction(a >> 8 * n & 0xFF))  # type: ignore[misc]
            for n in range(4)
        ),
        (Line("v_cvt_off_f32_i4 {d}, {a}", 32), F32, lambda a: Fraction(signed(a, 4), 16)),
    ]
    for arch, lanes in (WAVE32, ("gfx942", 64), ("gfx1201", 32)):
        for (line, f, value), column in zip(cases, results([c[0] for c in cases], [operands], arch, lanes), strict=True):
            assert low_bits(column, f.bits) == [f.rounded(value(a)) for a in operands], f"{arch}: {line.text}"


def test_between_formats() -> None:
    """f16, f32, f64; a NaN keeps the upper bits of its fraction."""
    cases = [
        (Line("v_cvt_f16_f32 {d}, {a}", 16), F32, F16),
        (Line("v_cvt_f32_f16 {d}, {a}", 32), F16, F32),
        (Line("v_cvt_f32_f64 {d}, {A}", 32), F64, F32),
        (Line("v_cvt_f64_f32 {D}, {a}", 64), F32, F64),
    ]
    for line, source, target in cases:
        operands = list(range(1 << 16)) if source is F16 else numbers(source) + _halfway(source, target)
        expected = [converted(source, target, a) for a in operands]
        for arch, lanes in (WAVE32, ("gfx942", 64)) if source is F16 else ARCHS:
            assert low_bits(results([line], [operands], arch, lanes)[0], target.bits) == expected, f"{arch}: {line.text}"


def _halfway(source: Format, target: Format) -> list[int]:
    """Numbers between two neighbours of the smaller format, and next to that."""
    if source.bits < target.bits:
        return []
    made = random.Random("halfway")
    chosen = (
        [made.getrandbits(target.bits - 1) % (target.infinity - 1) for _ in range(400)] + list(range(6)) + [target.infinity - 1]
    )
    middle = [(target.number(a) + target.number(min(a + 1, target.infinity - 1))) / 2 for a in chosen]
    return [source.rounded(m) + step for m in middle for step in (-1, 0, 1) if m]


def test_towards_zero() -> None:
    """Pairs of f16 cut off; infinities stay, nothing becomes one."""
    operands = numbers(F32) + _halfway(F32, F16)

    def cut(a: int) -> int:
        if F32.is_nan(a) or F32.is_infinite(a):
            return converted(F32, F16, a)
        nearest = converted(F32, F16, a)
        beyond = F16.is_infinite(nearest) or abs(F16.number(nearest)) > abs(F32.number(a))
        return nearest - 1 if beyond else nearest

    for arch, lanes in ARCHS:
        line = present(
            [Line(f"{name} {{d}}, {{a}}, {{b}}", 32) for name in ("v_cvt_pkrtz_f16_f32", "v_cvt_pk_rtz_f16_f32")], arch, lanes
        )
        found = low_bits(results(line[:1], [operands, operands[::-1]], arch, lanes)[0], 32)
        expected = [cut(a) | cut(b) << 16 for a, b in zip(operands, operands[::-1], strict=True)]
        assert found == expected


def test_packed_fractions() -> None:
    """Two f32 or f16 to fractions of 16-bit integers; and to integers."""

    def fractions(f: Format, low: int, high: int) -> Callable[[int], int]:
        return integer(f, low, high, lambda x: max(low, min(high, round(x * high))))

    top, bottom = 2**15 - 1, -(2**15) + 1
    cases = [
        ("v_cvt_pk_norm_i16_f32", F32, fractions(F32, bottom, top)),
        ("v_cvt_pk_norm_u16_f32", F32, fractions(F32, 0, 2**16 - 1)),
        ("v_cvt_pk_norm_i16_f16", F16, fractions(F16, bottom, top)),
        ("v_cvt_pk_norm_u16_f16", F16, fractions(F16, 0, 2**16 - 1)),
        ("v_cvt_pk_i16_f32", F32, integer(F32, -(2**15), top)),
        ("v_cvt_pk_u16_f32", F32, integer(F32, 0, 2**16 - 1)),
    ]
    for arch, lanes in (WAVE32, ("gfx942", 64), ("gfx1030", 32)):
        checked = 0
        for name, f, expected in cases:
            spelled = name.replace("pk_norm", "pknorm") if arch < "gfx11" or arch.startswith("gfx9") else name
            line = Line(f"{spelled} {{d}}, {{a}}, {{b}}", 32)
            if not present([line], arch, lanes):
                continue
            checked += 1
            a, b = numbers(f), numbers(f)[::-1]
            found = low_bits(results([line], [a, b], arch, lanes)[0], 32)
            assert found == [expected(x) & 0xFFFF | (expected(y) & 0xFFFF) << 16 for x, y in zip(a, b, strict=True)], name
        assert checked >= 4


def test_byte() -> None:
    """v_cvt_pk_u8_f32 replaces a byte, rounding to nearest."""
    operands = numbers(F32, 200)
    places, old = [n % 4 for n in range(len(operands))], [0xA1B2C3D4] * len(operands)
    expected = integer(F32, 0, 255, round)
    for arch, lanes in ARCHS:
        found = low_bits(results([Line("v_cvt_pk_u8_f32 {d}, {a}, {b}, {c}", 32)], [operands, places, old], arch, lanes)[0], 32)
        for a, place, got in zip(operands, places, found, strict=True):
            assert got == 0xA1B2C3D4 & ~(0xFF << 8 * place) | expected(a) << 8 * place


class Float8:
    """An 8-bit format of OCP or, with `fnuz`, without infinities and -0."""

    def __init__(self, fraction_bits: int, *, fnuz: bool) -> None:
        self.fraction_bits, self.fnuz = fraction_bits, fnuz
        self.bias = (1 << (6 - fraction_bits)) - (0 if fnuz else 1)

    def value(self, raw: int) -> Fraction | float:
        """NaN and infinities are Python's."""
        magnitude, sign = raw & 0x7F, -1 if raw & 0x80 else 1
        if self.fnuz and raw == 0x80:
            return math.nan
        if not self.fnuz and self.fraction_bits == 3 and magnitude == 0x7F:
            return math.nan
        if not self.fnuz and self.fraction_bits == 2 and magnitude >= 0x7C:
            return sign * math.inf if magnitude == 0x7C else math.nan
        exponent, fraction = magnitude >> self.fraction_bits, magnitude & ((1 << self.fraction_bits) - 1)
        significand = fraction | (1 << self.fraction_bits if exponent else 0)
        return sign * Fraction(significand) * Fraction(2) ** (max(exponent, 1) - self.bias - self.fraction_bits)

    @cached_property
    def finite(self) -> list[tuple[Fraction, int]]:
        """Positive numbers in order, with their bits."""
        return [(v, raw) for raw in range(0x80) if isinstance(v := self.value(raw), Fraction)]

    def rounded(self, a: int, *, saturates: bool = False) -> int:
        """An f32 to nearest, by looking at all numbers."""
        sign = 0x80 if a & F32.sign else 0
        nan = 0x80 if self.fnuz else sign | 0x7F
        beyond = nan if self.fnuz or self.fraction_bits == 3 else sign | 0x7C
        if F32.is_nan(a):
            return nan
        if F32.is_infinite(a):
            return beyond
        table, magnitude = self.finite, abs(F32.number(a))
        largest, step = table[-1][0], table[-1][0] - table[-2][0]
        if magnitude > largest + step / 2 or (magnitude == largest + step / 2 and table[-1][1] & 1):
            return sign | table[-1][1] if saturates else beyond
        at = bisect([value for value, _ in table], magnitude)
        best = min(table[max(at - 1, 0) : at + 1], key=lambda entry: (abs(entry[0] - magnitude), entry[1] & 1))[1]
        return 0 if self.fnuz and best == 0 else sign | best


def _formats(arch: str) -> dict[str, Float8]:
    return {"fp8": Float8(3, fnuz=arch == "gfx942"), "bf8": Float8(2, fnuz=arch == "gfx942")}


@pytest.mark.parametrize(("arch", "lanes"), [("gfx942", 64), ("gfx1201", 32)])
def test_from_float8(arch: str, lanes: int) -> None:
    """Every byte, out of every byte of a register."""
    operands = [byte | (byte ^ 0x55) << 8 | (byte ^ 0xAA) << 16 | (byte ^ 0xFF) << 24 for byte in range(256)]
    for name, f in _formats(arch).items():
        if arch == "gfx942":
            texts = [f"v_cvt_f32_{name}_sdwa {{d}}, {{a}} src0_sel:BYTE_{n}" for n in range(4)]
            pairs = [f"v_cvt_pk_f32_{name} {{D}}, {{a}}", f"v_cvt_pk_f32_{name}_sdwa {{D}}, {{a}} src0_sel:WORD_1"]
        else:
            texts = [f"v_cvt_f32_{name} {{d}}, {{a}} byte_sel:{n}" for n in range(4)]
            pairs = [f"v_cvt_pk_f32_{name} {{D}}, {{a}}", f"v_cvt_pk_f32_{name} {{D}}, {{a}} op_sel:[1,0]"]
        columns = results([Line(t, 32) for t in texts] + [Line(t, 64) for t in pairs], [operands], arch, lanes)
        for row, register in enumerate(operands):
            for n in range(4):
                both = int(columns[4 + n // 2][row])
                for got in (int(columns[n][row]), both >> 32 * (n % 2) & 0xFFFFFFFF):
                    want = f.value(register >> 8 * n & 0xFF)
                    nan = isinstance(want, float) and math.isnan(want)
                    assert F32.is_nan(got) if nan else F32.real(got) == want, f"{arch}: {name} {register:#x} byte {n}"


@pytest.mark.parametrize(("arch", "lanes"), [("gfx942", 64), ("gfx1201", 32)])
def test_to_float8(arch: str, lanes: int) -> None:
    """Two numbers into either half; too large ones saturate with FP16_OVFL only."""
    for name, f in _formats(arch).items():
        table = [v for v, _ in f.finite]
        middles = [F32.rounded((x + y) / 2) + step for x, y in pairwise(table) for step in (-1, 0, 1)]
        operands = (
            numbers(F32, 100)
            + middles
            + [m | F32.sign for m in middles]
            + [F32.rounded(table[-1] * Fraction(n, 16)) for n in range(14, 20)]
        )
        backwards = operands[::-1]
        lines = [
            Line(f"v_mov_b32 {{d}}, {{c}}\nv_cvt_pk_{name}_f32 {{d}}, {{a}}, {{b}}{sel}", 32) for sel in ("", " op_sel:[0,0,1]")
        ]
        for mode in (0x3F0, 0x8003F0):
            columns = results(lines, [operands, backwards, [0x12345678] * len(operands)], arch, lanes, mode=mode)
            made = [f.rounded(a, saturates=mode != 0x3F0) for a in operands]
            for n, (low, high) in enumerate(zip(made, made[::-1], strict=True)):
                both = low | high << 8
                where = f"{arch}: {name} of {operands[n]:#x} and {backwards[n]:#x}"
                assert int(columns[0][n]) == 0x12340000 | both, where
                assert int(columns[1][n]) == 0x5678 | both << 16, where


@pytest.mark.parametrize(("arch", "lanes"), [("gfx942", 64), ("gfx1201", 32)])
def test_stochastic_float8(arch: str, lanes: int) -> None:
    """Up as often as the fraction that is lost says; representable numbers stay."""
    source = random.Random("stochastic")
    for name, f in _formats(arch).items():
        below, above = f.finite[40], f.finite[41]
        value = F32.rounded(below[0] + (above[0] - below[0]) / 4)
        count = 2048
        randoms = [source.getrandbits(32) for _ in range(count)]
        selects = ["op_sel:[0,0,0,0]", "op_sel:[0,0,1,0]"] if arch == "gfx942" else ["byte_sel:0", "byte_sel:1"]
        lines = [Line(f"v_mov_b32 {{d}}, {{c}}\nv_cvt_sr_{name}_f32 {{d}}, {{a}}, {{b}} {s}", 32) for s in selects]
        first, second = results(lines, [[value] * count, randoms, [0x12345678] * count], arch, lanes)
        bits = 23 - f.fraction_bits
        for n, random_bits in enumerate(randoms):
            up = (value & ((1 << bits) - 1)) + (random_bits >> (32 - bits)) >> bits
            byte = below[1] + up
            assert int(first[n]) == 0x12345600 | byte
            assert int(second[n]) == 0x12340078 | byte << 8
        ups = sum(int(v) & 0xFF == above[1] for v in first)
        assert 0.2 < ups / count < 0.3
        exact = results(lines[:1], [[F32.rounded(below[0])] * count, randoms, [0] * count], arch, lanes)[0]
        assert set(low_bits(exact, 8)) == {below[1]}


def test_fp16_overflow() -> None:
    """FP16_OVFL: numbers too large become the largest; infinities stay."""
    operands = [F32.rounded(Fraction(n)) for n in (65504, 65519, 65520, 10**9, -(10**9))] + [F32.infinity]
    found = low_bits(results([Line("v_cvt_f16_f32 {d}, {a}", 16)], [operands], *WAVE32, mode=0x8003F0)[0], 16)
    assert found == [0x7BFF, 0x7BFF, 0x7BFF, 0x7BFF, 0xFBFF, 0x7C00]
