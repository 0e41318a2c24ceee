"""Addition, multiplication, fused multiplication, minimum and maximum: every result to the bit, against exact arithmetic."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest

from tests.emulator.float_formats import F16, F32, F64, FORMATS, Format, add, corners, fused, multiply, subtract
from tests.emulator.float_lanes import ARCHS, WAVE32, Line, low_bits, present, results

Operation = Callable[..., int]


@dataclass(frozen=True)
class Case:
    """An instruction on one format and what it computes from bits."""

    line: str
    name: str
    operation: Operation

    @property
    def format(self) -> Format:
        """The format of operands and result."""
        return FORMATS[self.name]

    def as_line(self) -> Line:
        """With pairs of registers for f64."""
        text = self.line.format_map({k: "{" + (k.upper() if self.name == "f64" else k) + "}" for k in "dabc"})
        return Line(text, self.format.bits)


def rows(f: Format, count: int, operands: int, seed: str) -> list[list[int]]:
    """Columns of operands: corners, random bits, and numbers close to each other."""
    source, edges = random.Random(seed), corners(f)

    def value() -> int:
        kind = source.random()
        if kind < 0.5:
            return source.choice(edges)
        near = f.rounded(Fraction(1)) + source.getrandbits(f.fraction_bits + 2) - (1 << (f.fraction_bits + 1))
        return source.getrandbits(f.bits) if kind < 0.75 else near | source.getrandbits(1) * f.sign

    return [[value() for _ in range(count)] for _ in range(operands)]


def check(cases: list[Case], arch: str, lanes: int, *, count: int = 192, mode: int = 0x3F0) -> int:
    """Compares every case that the architecture has; how many there were."""
    checked = 0
    for name, f in FORMATS.items():
        lines = {case.as_line(): case for case in cases if case.name == name}
        there = present(list(lines), arch, lanes)
        operands = rows(f, count, 3, f"{name} {arch}")
        for line, column in zip(there, results(there, operands, arch, lanes, mode=mode), strict=True):
            case = lines[line]
            for values, found in zip(zip(*operands, strict=True), low_bits(column, f.bits), strict=True):
                expected = case.operation(f, *values)
                where = f"{arch}: {line.text} of {[hex(v) for v in values]}: {found:#x}, not {expected:#x}"
                assert found == expected, where
        checked += len(there)
    return checked


def two(operation: Operation) -> Operation:
    """An operation that does not look at its third operand."""
    return lambda f, a, b, _c: operation(f, a, b)


def dx9(f: Format, a: int, b: int, c: int | None) -> int:
    """Zero times anything is 0."""
    if f.is_zero(a) or f.is_zero(b):
        return 0 if c is None else c
    return multiply(f, a, b) if c is None else fused(f, a, b, c)


ARITHMETIC = [
    *(Case(f"v_add_{t} {{d}}, {{a}}, {{b}}", t, two(add)) for t in ("f32", "f64", "f16")),
    *(Case(f"v_sub_{t} {{d}}, {{a}}, {{b}}", t, two(subtract)) for t in ("f32", "f16")),
    *(Case(f"v_subrev_{t} {{d}}, {{a}}, {{b}}", t, lambda f, a, b, _c: subtract(f, b, a)) for t in ("f32", "f16")),
    *(Case(f"v_mul_{t} {{d}}, {{a}}, {{b}}", t, two(multiply)) for t in ("f32", "f64", "f16")),
    *(Case(f"v_fma_{t} {{d}}, {{a}}, {{b}}, {{c}}", t, fused) for t in ("f32", "f64", "f16")),
    Case("v_mul_dx9_zero_f32 {d}, {a}, {b}", "f32", lambda f, a, b, _c: dx9(f, a, b, None)),
    Case("v_mul_legacy_f32 {d}, {a}, {b}", "f32", lambda f, a, b, _c: dx9(f, a, b, None)),
    Case("v_fma_dx9_zero_f32 {d}, {a}, {b}, {c}", "f32", dx9),
    Case("v_fma_legacy_f32 {d}, {a}, {b}, {c}", "f32", dx9),
]


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_arithmetic(arch: str, lanes: int) -> None:
    """Sums, products and fused products of corners and random numbers, NaN payloads among them."""
    assert check(ARITHMETIC, arch, lanes) >= 13


def less(f: Format, a: int, b: int) -> bool:
    """a < b of numbers, -0 below +0."""
    key = [(f.real(v), not v & f.sign) for v in (a, b)]
    return key[0] < key[1]


def old_minimum(f: Format, a: int, b: int, arch: str, *, largest: bool) -> int:
    """Up to gfx11, in IEEE mode."""
    for value in (a, b):
        if f.is_signaling(value):
            return value | f.quiet
    first, second = f.is_nan(a), f.is_nan(b)
    if first or second:
        return a if second and (not first or arch.startswith("gfx11")) else b
    return a if less(f, b, a) == largest else b


def minimum_number(f: Format, a: int, b: int, *, largest: bool) -> int:
    """gfx12's minNum: numbers win over NaN."""
    if f.is_nan(a):
        return a | f.quiet if f.is_nan(b) else b
    if f.is_nan(b):
        return a
    return a if less(f, b, a) == largest else b


def minimum(f: Format, a: int, b: int, *, largest: bool) -> int:
    """gfx12's minimum: NaN wins, a signaling one first."""
    nans = [v for v in (a, b) if f.is_signaling(v)] + [v for v in (a, b) if f.is_nan(v)]
    return nans[0] | f.quiet if nans else minimum_number(f, a, b, largest=largest)


def median(f: Format, a: int, b: int, c: int, low: Operation) -> int:
    """The middle one; with NaN the least."""
    if any(f.is_nan(v) for v in (a, b, c)):
        return low(f, low(f, a, b), c)
    return sorted((a, b, c), key=lambda v: (f.real(v), not v & f.sign))[1]


def extremes(arch: str) -> list[Case]:
    """Cases of minimum and maximum, two and three operands."""

    def old(*, largest: bool) -> Operation:
        return lambda f, a, b: old_minimum(f, a, b, arch, largest=largest)

    def new(operation: Operation, *, largest: bool) -> Operation:
        return lambda f, a, b: operation(f, a, b, largest=largest)

    families = [
        *([("min", "max", "", old(largest=False), old(largest=True))] if arch != "gfx1201" else []),  # where those are other names
        ("min", "max", "_num", new(minimum_number, largest=False), new(minimum_number, largest=True)),
        ("minimum", "maximum", "", new(minimum, largest=False), new(minimum, largest=True)),
    ]
    cases = []
    for low_name, high_name, suffix, low, high in families:
        for t in ("f32", "f64", "f16"):
            cases.append(Case(f"v_{low_name}{suffix}_{t} {{d}}, {{a}}, {{b}}", t, two(low)))
            cases.append(Case(f"v_{high_name}{suffix}_{t} {{d}}, {{a}}, {{b}}", t, two(high)))
        for t in ("f32", "f16"):
            cases += three((low_name, high_name), f"{suffix}_{t}", t, low, high)
    return cases


def three(names: tuple[str, str], suffix: str, t: str, low: Operation, high: Operation) -> list[Case]:
    """Cases with three operands."""
    low_name, high_name = names
    operands = "{d}, {a}, {b}, {c}"

    def twice(first: Operation, second: Operation) -> Operation:
        return lambda f, a, b, c: second(f, first(f, a, b), c)

    return [
        Case(f"v_{low_name}3{suffix} {operands}", t, twice(low, low)),
        Case(f"v_{high_name}3{suffix} {operands}", t, twice(high, high)),
        Case(f"v_{low_name}{high_name}{suffix} {operands}", t, twice(low, high)),
        Case(f"v_{high_name}{low_name}{suffix} {operands}", t, twice(high, low)),
        *([Case(f"v_med3{suffix} {operands}", t, lambda f, a, b, c: median(f, a, b, c, low))] if low_name == "min" else []),
    ]


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_minimum_and_maximum(arch: str, lanes: int) -> None:
    """Each architecture's rules for NaN and zeros."""
    assert check(extremes(arch), arch, lanes) >= 12


def flushing(operation: Operation) -> Operation:
    """Denormal operands and results are zeros."""
    return lambda f, *values: f.flushed(operation(f, *(f.flushed(v) for v in values)))


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_denormals_flushed(arch: str, lanes: int) -> None:
    """MODE without denormals, for both pairs of bits at once and one at a time."""
    plain = [case for case in ARITHMETIC if "zero" not in case.line and "legacy" not in case.line]
    flushed = [Case(case.line, case.name, flushing(case.operation)) for case in plain]
    check(flushed, arch, lanes, mode=0x300)
    check([(flushed if case.name == "f32" else plain)[n] for n, case in enumerate(plain)], arch, lanes, mode=0x3C0)
    check([(plain if case.name == "f32" else flushed)[n] for n, case in enumerate(plain)], arch, lanes, mode=0x330)


def test_denormal_bits_apart() -> None:
    """Operands and results have a bit of MODE each."""
    smallest = 1 << 23
    operands = [[1, smallest], [F32.rounded(Fraction(1)), F32.rounded(Fraction(1, 2))], [0, 0]]
    line = [Line("v_mul_f32 {d}, {a}, {b}", 32)]
    assert low_bits(results(line, operands, *WAVE32, mode=0x3D0)[0], 32) == [0, 0]  # operands kept, results flushed
    assert low_bits(results(line, operands, *WAVE32, mode=0x3E0)[0], 32) == [0, smallest >> 1]


def test_modifiers() -> None:
    """Negation, absolute value, clamp, and the output multiplier, which IEEE mode and denormals turn off."""
    one = {t: f.rounded(Fraction(1)) for t, f in FORMATS.items()}

    def clamped(f: Format, value: int) -> int:
        if f.is_nan(value) or f.real(value) <= 0:
            return 0
        return min(value, f.rounded(Fraction(1)))

    assert one["f32"] == 0x3F800000
    cases = [
        *(
            Case(f"v_add_{t}_e64 {{d}}, -{{a}}, |{{b}}|", t, lambda f, a, b, _c: add(f, a ^ f.sign, b & ~f.sign))
            for t in ("f32", "f16")
        ),
        *(Case(f"v_mul_{t}_e64 {{d}}, -|{{a}}|, {{b}}", t, lambda f, a, b, _c: multiply(f, a | f.sign, b)) for t in ("f32", "f16")),
        Case("v_fma_f64 {d}, -{a}, |{b}|, -{c}", "f64", lambda f, a, b, c: fused(f, a ^ f.sign, b & ~f.sign, c ^ f.sign)),
        *(
            Case(f"v_add_{t}_e64 {{d}}, {{a}}, {{b}} clamp", t, lambda f, a, b, _c: clamped(f, add(f, a, b)))
            for t in ("f32", "f16")
        ),
        *(Case(f"v_mul_{t}_e64 {{d}}, {{a}}, {{b}} mul:2", t, two(multiply)) for t in ("f32", "f16")),
    ]
    for arch, lanes in ARCHS:
        assert check(cases, arch, lanes) == 9


def test_output_multiplier() -> None:
    """Without IEEE mode and denormals; -0 becomes 0."""
    values = [F32.rounded(Fraction(3)), F32.sign, F32.rounded(Fraction(-5))]
    one = [F32.rounded(Fraction(1))] * 3
    lines = [Line(f"v_mul_f32_e64 {{d}}, {{a}}, {{b}} {how}", 32) for how in ("mul:2", "mul:4", "div:2")]
    found = [low_bits(column, 32) for column in results(lines, [values, one, one], *WAVE32, mode=0x1C0)]
    for column, factor in zip(found, (2, 4, Fraction(1, 2)), strict=True):
        assert column == [F32.rounded(3 * Fraction(factor)), 0, F32.rounded(-5 * Fraction(factor))]


def test_clamp_keeps_nan_without_dx10() -> None:
    """DX10_CLAMP decides what becomes of NaN, except on gfx12."""
    nan = [[F32.infinity | F32.quiet], [0], [0]]
    line = [Line("v_add_f32_e64 {d}, {a}, {b} clamp", 32)]
    assert low_bits(results(line, nan, *WAVE32, mode=0x2F0)[0], 32) == [F32.infinity | F32.quiet]
    assert low_bits(results(line, nan, "gfx1201", 32, mode=0x2F0)[0], 32) == [0]


def test_accumulating_forms() -> None:
    """fmac adds to its destination; fmaak and fmamk have a constant."""
    two_and_half = F32.rounded(Fraction(5, 2))
    operands = rows(F32, 256, 3, "accumulate")
    lines = [
        Line("v_mov_b32 {d}, {c}\nv_fmac_f32 {d}, {a}, {b}", 32),
        Line(f"v_fmaak_f32 {{d}}, {{a}}, {{b}}, {two_and_half:#x}", 32),
        Line(f"v_fmamk_f32 {{d}}, {{a}}, {two_and_half:#x}, {{c}}", 32),
    ]
    found = [low_bits(column, 32) for column in results(lines, operands, *WAVE32)]
    for n, (a, b, c) in enumerate(zip(*operands, strict=True)):
        assert found[0][n] == fused(F32, a, b, c)
        assert found[1][n] == fused(F32, a, b, two_and_half)
        assert found[2][n] == fused(F32, a, two_and_half, c)


def test_separately_rounded() -> None:
    """v_mad and v_mac of gfx9 round twice and never keep denormals."""

    def mad(f: Format, a: int, b: int, c: int) -> int:
        product = f.flushed(multiply(f, f.flushed(a), f.flushed(b)))
        return f.flushed(add(f, product, f.flushed(c)))

    cases = [Case(f"v_mad_{t} {{d}}, {{a}}, {{b}}, {{c}}", t, mad) for t in ("f32", "f16")]
    assert check(cases, "gfx90a", 64) == 2
    assert check(cases, "gfx942", 64) == 1


def test_half_registers() -> None:
    """What f16 instructions leave in the upper half, and results and operands there."""
    a, b = F16.rounded(Fraction(3, 2)), F16.rounded(Fraction(5))
    operands = [[a], [b], [0x12345678]]
    old = "v_mov_b32 {d}, {c}\n"
    total, product = add(F16, a, b), multiply(F16, a, b)
    lines = [Line(old + "v_add_f16 {d}, {a}, {b}", 32), Line(old + "v_fma_f16 {d}, {a}, {b}, 0", 32)]
    for arch, lanes in ARCHS:
        found = [int(column[0]) for column in results(lines, operands, arch, lanes)]
        assert found == [total if arch.startswith("gfx9") else 0x12340000 | total, 0x12340000 | product]
    high = [Line(old + "v_fma_f16 {d}, {a}, {b}, {c} op_sel:[1,0,0,1]", 32)]
    for arch, lanes in ARCHS:
        found = [int(column[0]) for column in results(high, [[a << 16], [b], [0x12345678]], arch, lanes)]
        assert found == [fused(F16, a, b, 0x5678) << 16 | 0x5678]
    assert F64.bits == 64
