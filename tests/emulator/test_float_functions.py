"""Rounding to integers, parts of numbers, scaling, and the approximations: every f16 operand, corners and random f32 and f64."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from tests.emulator.float_formats import F16, F32, F64, Format, converted, corners
from tests.emulator.float_lanes import ARCHS, WAVE32, Column, Line, low_bits, present, results

ALL_HALVES = np.arange(1 << 16, dtype=np.uint64)
Real = Callable[[np.ndarray], np.ndarray]


def halves(function: Real) -> list[int]:
    """A function of all f16 numbers, computed in double precision and rounded; NaN as it comes."""
    with np.errstate(all="ignore"):
        values = ALL_HALVES.astype(np.uint16).view(np.float16).astype(np.float64)
        return [int(v) for v in function(values).astype(np.float16).view(np.uint16)]


def fraction(x: np.ndarray) -> np.ndarray:
    """Below 1, the largest f16 below it at most."""
    return np.where(np.isnan(x), x, np.minimum(x - np.floor(x), 1 - 2.0**-11))


def turns(function: Real) -> Real:
    """Of an angle in full turns; exact where the angle is a multiple of a quarter turn."""

    def of_turns(x: np.ndarray) -> np.ndarray:
        part = np.remainder(np.where(np.isinf(x), np.nan, x), 1.0)
        value = function(part * (2 * np.pi))
        return np.where(np.remainder(4 * part, 1.0) == 0, np.round(value) + 0.0, value)

    return of_turns


HALF_FUNCTIONS: dict[str, Real] = {
    "trunc": np.trunc,
    "ceil": np.ceil,
    "floor": np.floor,
    "rndne": np.rint,
    "fract": fraction,
    "sqrt": np.sqrt,
    "rcp": lambda x: 1 / x,
    "rsq": lambda x: 1 / np.sqrt(x),
    "exp": np.exp2,
    "log": np.log2,
    "frexp_mant": lambda x: np.where(np.isfinite(x), np.frexp(x)[0], x),
}


@pytest.mark.parametrize("name", HALF_FUNCTIONS)
def test_half_functions(name: str) -> None:
    """Every f16 operand, on wave32 and wave64; a NaN stays the same NaN, quiet."""
    expected = halves(HALF_FUNCTIONS[name])
    for arch, lanes in (WAVE32, ("gfx942", 64)):
        found = low_bits(results([Line(f"v_{name}_f16 {{d}}, {{a}}", 16)], [ALL_HALVES], arch, lanes)[0], 16)
        for a, got in enumerate(found):
            want = expected[a]
            if F16.is_nan(a):
                want = a if name == "frexp_mant" else a | F16.quiet
            elif F16.is_nan(want):
                want = F16.no_number
            assert got in {want, want | F16.quiet}, f"{arch}: v_{name}_f16 of {a:#x} is {got:#x}, not {want:#x}"


@pytest.mark.parametrize(("name", "function"), [("sin", np.sin), ("cos", np.cos)])
def test_half_angles(name: str, function: Real) -> None:
    """gfx9 takes 256 turns either way; zeros of the sine have the angle's sign."""
    expected = halves(turns(function))
    for arch, lanes in (WAVE32, ("gfx942", 64)):
        found = low_bits(results([Line(f"v_{name}_f16 {{d}}, {{a}}", 16)], [ALL_HALVES], arch, lanes)[0], 16)
        for a, got in enumerate(found):
            value = F16.real(a)
            want = expected[a]
            if arch == "gfx942" and abs(value) > 256 and not math.isinf(value):
                want = 0 if name == "sin" else F16.rounded(Fraction(1))
            if F16.is_nan(want):
                want = a | F16.quiet if F16.is_nan(a) else F16.no_number
            zero = F16.is_zero(want) and F16.is_zero(got)
            assert got == want or zero, f"{arch}: v_{name}_f16 of {value} is {got:#x}, not {want:#x}"


def numbers(f: Format, count: int) -> list[int]:
    """Corners, random bits, and numbers of everyday size."""
    source = random.Random(f"functions {f.bits}")
    everyday = [f.rounded(Fraction(source.getrandbits(60) - 2**59, 2 ** source.randint(40, 60))) for _ in range(count)]
    return corners(f) + [source.getrandbits(f.bits) for _ in range(count)] + everyday


def check(f: Format, line: str, expected: Callable[[int], int], where: tuple[str, int], count: int = 600) -> None:
    """One operand, one result of the same format."""
    (arch, lanes), operands = where, numbers(f, count)
    names = {k: "{" + (k.upper() if f is F64 else k) + "}" for k in "da"}
    found = low_bits(results([Line(line.format_map(names), f.bits)], [operands], arch, lanes)[0], f.bits)
    for a, got in zip(operands, found, strict=True):
        want = expected(a)
        assert got == want, f"{arch}: {line} of {a:#x} is {got:#x}, not {want:#x}"


def integral(f: Format, way: Callable[[Fraction], int]) -> Callable[[int], int]:
    """Rounding to an integer; zeros keep the operand's sign."""

    def rounded(a: int) -> int:
        if f.is_nan(a):
            return a | f.quiet
        return a if f.is_infinite(a) else f.rounded(Fraction(way(f.number(a))), a & f.sign)

    return rounded


@pytest.mark.parametrize("f", [F32, F64], ids=["f32", "f64"])
def test_integral(f: Format) -> None:
    """trunc, ceil, floor, rndne."""
    ways = {"trunc": math.trunc, "ceil": math.ceil, "floor": math.floor, "rndne": round}
    for name, way in ways.items():
        for arch, lanes in (WAVE32, ("gfx942", 64)):
            check(f, f"v_{name}_f{f.bits} {{d}}, {{a}}", integral(f, way), (arch, lanes))


@pytest.mark.parametrize("f", [F32, F64], ids=["f32", "f64"])
def test_parts(f: Format) -> None:
    """fract, frexp_mant and frexp_exp."""
    below_one = f.rounded(Fraction(1)) - 1

    def fract(a: int) -> int:
        if f.is_nan(a):
            return a | f.quiet
        if f.is_infinite(a):
            return f.no_number
        value = f.number(a)
        return min(f.rounded(value - math.floor(value)), below_one)

    def exponent(a: int) -> int:
        finite = not (f.is_nan(a) or f.is_infinite(a) or f.is_zero(a))
        return (math.frexp(f.real(a))[1] if finite else 0) & 0xFFFFFFFF

    def mantissa(a: int) -> int:
        finite = not (f.is_nan(a) or f.is_infinite(a) or f.is_zero(a))
        return f.rounded(Fraction(math.frexp(f.real(a))[0])) if finite else a

    check(f, f"v_fract_f{f.bits} {{d}}, {{a}}", fract, WAVE32)
    check(f, f"v_frexp_mant_f{f.bits} {{d}}, {{a}}", mantissa, WAVE32)
    operands = numbers(f, 400)
    source = "{A}" if f is F64 else "{a}"
    found = results([Line(f"v_frexp_exp_i32_f{f.bits} {{d}}, {source}", 32)], [operands], *WAVE32)[0]
    assert low_bits(found, 32) == [exponent(a) for a in operands]


def test_half_exponents() -> None:
    """frexp_exp of every f16, in 16 bits."""
    found = low_bits(results([Line("v_frexp_exp_i16_f16 {d}, {a}", 16)], [ALL_HALVES], *WAVE32)[0], 16)
    for a, got in enumerate(found):
        value = F16.real(a)
        want = math.frexp(value)[1] & 0xFFFF if math.isfinite(value) else 0
        assert got == want


@pytest.mark.parametrize("f", [F32, F64, F16], ids=["f32", "f64", "f16"])
def test_scaling(f: Format) -> None:
    """ldexp rounds once, however far."""
    source = random.Random(f"ldexp {f.bits}")
    operands = numbers(f, 300)
    shifts = [
        source.choice([source.randint(-20, 20), source.randint(-2200, 2200), -(2**31), 2**31 - 1, f.lowest]) for _ in operands
    ]
    if f is F16:
        shifts = [max(-(2**15), min(2**15 - 1, n)) for n in shifts]
    line = Line("v_ldexp_f64 {D}, {A}, {b}" if f is F64 else f"v_ldexp_f{f.bits} {{d}}, {{a}}, {{b}}", f.bits)
    for arch, lanes in ARCHS:
        found = results([line], [operands, [n & 0xFFFFFFFF for n in shifts]], arch, lanes)[0]
        for a, n, got in zip(operands, shifts, low_bits(found, f.bits), strict=True):
            special = f.is_nan(a) or f.is_infinite(a)
            scaled = None if special else f.number(a) * Fraction(2) ** max(-5000, min(5000, n))
            want = (a | f.quiet if f.is_nan(a) else a) if scaled is None else f.rounded(scaled, a & f.sign)
            assert got == want, f"{arch}: ldexp of {a:#x} by {n} is {got:#x}, not {want:#x}"


def f32_exact(function: Callable[[mpmath.mpf], mpmath.mpf], a: int) -> int:
    """A function of a finite f32, to 100 bits and rounded, denormals flushed."""
    with mpmath.workprec(120):
        value = function(mpmath.mpf(F32.real(a)))
        sign, significand, exponent, _ = value._mpf_
    exact = Fraction(int(significand)) * Fraction(2) ** int(exponent)
    return F32.flushed(F32.rounded(-exact if sign else exact))


def approximated(function: Callable[[mpmath.mpf], mpmath.mpf], special: Callable[[int], int | None]) -> Callable[[int], int]:
    """What an f32 approximation gives: `special` decides first, of the flushed operand."""

    def expected(a: int) -> int:
        if F32.is_nan(a):
            return a | F32.quiet
        a = F32.flushed(a)
        decided = special(a)
        return f32_exact(function, a) if decided is None else decided

    return expected


def of_root(a: int) -> int | None:
    """Square roots: zeros and infinity are themselves."""
    if F32.is_zero(a) or a == F32.infinity:
        return a
    return F32.no_number if a & F32.sign else None


def of_inverse_root(a: int) -> int | None:
    """Reciprocal square roots."""
    if F32.is_zero(a):
        return F32.infinity | a
    if a == F32.infinity:
        return 0
    return F32.no_number if a & F32.sign else None


def of_reciprocal(a: int) -> int | None:
    """Reciprocals."""
    if F32.is_zero(a):
        return F32.infinity | a
    return a & F32.sign if F32.is_infinite(a) else None


def of_exponential(a: int) -> int | None:
    """Powers of two: nothing beyond exponents of 300."""
    if abs(F32.real(a)) > 300:
        return 0 if a & F32.sign else F32.infinity
    return None


def of_logarithm(a: int) -> int | None:
    """Logarithms to base 2."""
    if F32.is_zero(a):
        return F32.infinity | F32.sign
    if a & F32.sign:
        return F32.no_number
    return {F32.infinity: a, F32.rounded(Fraction(1)): 0}.get(a)


def test_approximations() -> None:
    """The nearest f32, where the hardware may be an ulp away."""
    cases = {
        "sqrt": approximated(mpmath.sqrt, of_root),
        "rsq": approximated(lambda x: 1 / mpmath.sqrt(x), of_inverse_root),
        "rcp": approximated(lambda x: 1 / x, of_reciprocal),
        "exp": approximated(lambda x: mpmath.mpf(2) ** x, of_exponential),
        "log": approximated(lambda x: mpmath.log(x, 2), of_logarithm),
    }
    for name, expected in cases.items():
        check(F32, f"v_{name}_f32 {{d}}, {{a}}", expected, WAVE32, count=400)
        check(F32, f"v_{name}_f32 {{d}}, {{a}}", expected, ("gfx942", 64), count=100)


@pytest.mark.parametrize("name", ["sin", "cos"])
def test_angles(name: str) -> None:
    """f32 angles in turns: the nearest number; 0 and 1 beyond 256 turns on gfx9."""
    function = mpmath.sinpi if name == "sin" else mpmath.cospi
    operands = [a for a in numbers(F32, 500) if not F32.is_denormal(a)]
    for arch, lanes in (WAVE32, ("gfx90a", 64)):
        found = low_bits(results([Line(f"v_{name}_f32 {{d}}, {{a}}", 32)], [operands], arch, lanes)[0], 32)
        for a, got in zip(operands, found, strict=True):
            if F32.is_nan(a) or F32.is_infinite(a):
                want = a | F32.quiet if F32.is_nan(a) else F32.no_number
            elif arch == "gfx90a" and abs(F32.number(a)) > 256:
                want = 0 if name == "sin" else F32.rounded(Fraction(1))
            else:
                want = f32_exact(lambda x: function(2 * x), a)
            same = got == want or (F32.is_zero(got) and F32.is_zero(want))
            assert same, f"{arch}: v_{name}_f32 of {F32.real(a)} is {got:#x}, not {want:#x}"


def test_approximations_f64() -> None:
    """Correctly rounded, or for the reciprocal root within two roundings."""
    operands = np.array(numbers(F64, 800), np.uint64)
    with np.errstate(all="ignore"):
        values = operands.view(np.float64)
        expected = [1 / values, np.sqrt(values), 1 / np.sqrt(values)]
    lines = [Line(f"v_{name}_f64 {{D}}, {{A}}", 64) for name in ("rcp", "sqrt", "rsq")]
    for column, want in zip(results(lines, [operands], *WAVE32), expected, strict=True):
        nan = np.isnan(want)
        assert (column[~nan] == want[~nan].view(np.uint64)).all()
        assert np.isnan(column[nan].view(np.float64)).all()


def test_scalar_approximations() -> None:
    """gfx12's forms in scalar registers give what the vector forms give."""
    operands = corners(F32) + numbers(F32, 20)
    for name in ("exp", "log", "rcp", "rsq", "sqrt"):
        text = f"v_{name}_f32 {{d}}, -|{{a}}|\nv_readfirstlane_b32 s8, {{a}}\nv_s_{name}_f32 s9, -|s8|\nv_mov_b32 {{d}}, s9"
        pairs = [Line(f"v_{name}_f32 {{d}}, -|{{a}}|", 32), Line(text, 32)]
        for a in operands:
            vector, scalar = (low_bits(column, 32) for column in results(pairs, [[a] * 2], "gfx1201", 32))
            assert vector == scalar


def test_cube() -> None:
    """Faces of a cube map and coordinates on them."""
    lines = [Line(f"v_cube{name}_f32 {{d}}, {{a}}, {{b}}, {{c}}", 32) for name in ("id", "sc", "tc", "ma")]
    rows = [
        ((3, 1, 2), (0, -2, -1, 6)), ((-3, 1, 2), (1, 2, -1, -6)), ((1, 3, 2), (2, 1, 2, 6)), ((1, -3, 2), (3, 1, -2, -6)),
        ((1, 2, 3), (4, 1, -2, 6)), ((1, 2, -3), (5, -1, -2, -6)), ((2, 2, 2), (4, 2, -2, 4)), ((2, -2, 1), (3, 2, -1, -4)),
    ]  # fmt: skip
    operands = [[F32.rounded(Fraction(row[0][n])) for row in rows] for n in range(3)]
    for n, column in enumerate(results(lines, operands, *WAVE32)):
        assert [F32.number(v) for v in low_bits(column, 32)] == [row[1][n] for row in rows]


def test_every_architecture_has_them() -> None:
    """The same names everywhere."""
    lines = [Line(f"v_{name}_{t} {{d}}, {{a}}", 32) for name in [*HALF_FUNCTIONS, "sin", "cos"] for t in ("f16", "f32")]
    column: list[Column] = [ALL_HALVES[:64]]
    for arch, lanes in ARCHS:
        there = present(lines, arch, lanes)
        assert len(there) == len(lines)
        assert all((found >> 32 == 0).all() for found in results(there, column, arch, lanes))
    assert converted(F32, F16, 0x3F800000) == 0x3C00
