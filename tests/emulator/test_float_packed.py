"""Packed and mixed precision, and dot products: halves, signs and sums to the bit."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from tests.emulator.float_formats import BF16, F16, F32, Format, add, converted, corners, fused, multiply
from tests.emulator.float_lanes import ARCHS, WAVE32, Line, low_bits, present, results
from tests.emulator.test_float_arithmetic import minimum_number, old_minimum

Operation = Callable[..., int]
COUNT = 128


def pairs(f: Format, seed: str) -> list[list[int]]:
    """Three columns of pairs of numbers, corners among them."""
    source, edges = random.Random(seed), corners(f)

    def number() -> int:
        near_one = f.rounded(Fraction(source.randint(-3000, 3000), 1024))
        return source.choice([source.choice(edges), near_one, source.getrandbits(f.bits)])

    return [[number() | number() << f.bits for _ in range(COUNT)] for _ in range(3)]


def half(value: int, f: Format, *, high: int) -> int:
    """One of a pair."""
    return value >> f.bits if high else value & ((1 << f.bits) - 1)


Bits = Sequence[int]
MODIFIERS: list[tuple[str, Bits, Bits, Bits, Bits]] = [
    ("", (0, 0, 0), (1, 1, 1), (0, 0, 0), (0, 0, 0)),
    (" op_sel:[{}] op_sel_hi:[{}]", (1, 0, 1), (0, 1, 0), (0, 0, 0), (0, 0, 0)),
    (" op_sel:[{}] op_sel_hi:[{}] neg_lo:[{}] neg_hi:[{}]", (0, 1, 0), (0, 0, 1), (1, 0, 1), (0, 1, 1)),
]


def packed(f: Format, operation: Operation, rows: Sequence[int], modifier: tuple[str, Bits, Bits, Bits, Bits]) -> int:
    """Both results of one row."""
    _, op_sel, op_sel_hi, neg_lo, neg_hi = modifier
    result = 0
    for place, (select, negate) in enumerate(((op_sel, neg_lo), (op_sel_hi, neg_hi))):
        values = [half(v, f, high=select[n]) ^ (f.sign if negate[n] else 0) for n, v in enumerate(rows)]
        result |= operation(f, *values) << f.bits * place
    return result


def check_packed(name: str, f: Format, operation: Operation, operands: int, archs: Sequence[tuple[str, int]]) -> int:
    """With several modifiers; on how many architectures."""
    columns, checked = pairs(f, name)[:operands], 0
    registers = ("{A}", "{B}", "{C}") if f is F32 else ("{a}", "{b}", "{c}")
    lines = []
    for modifier in MODIFIERS:
        lists = [",".join(str(b) for b in bits[:operands]) for bits in modifier[1:]]
        result = "{D}" if f is F32 else "{d}"
        lines.append(Line(f"{name} {result}, " + ", ".join(registers[:operands]) + modifier[0].format(*lists), 2 * f.bits))
    for arch, lanes in archs:
        if not present(lines[:1], arch, lanes):
            continue
        checked += 1
        for modifier, line, column in zip(MODIFIERS, lines, results(lines, columns, arch, lanes), strict=True):
            for row, got in zip(zip(*columns, strict=True), low_bits(column, 2 * f.bits), strict=True):
                want = packed(f, operation, row, modifier)
                assert got == want, f"{arch}: {line.text} of {[hex(v) for v in row]} is {got:#x}, not {want:#x}"
    return checked


def test_pairs_of_halves() -> None:
    """v_pk_add, mul, fma on every architecture."""
    assert check_packed("v_pk_add_f16", F16, add, 2, ARCHS) == len(ARCHS)
    assert check_packed("v_pk_mul_f16", F16, multiply, 2, ARCHS) == len(ARCHS)
    assert check_packed("v_pk_fma_f16", F16, fused, 3, ARCHS) == len(ARCHS)


def test_extremes_of_pairs() -> None:
    """v_pk_min and v_pk_max, and gfx12's."""
    for arch, lanes in ARCHS:
        for name, largest in (("min", False), ("max", True)):

            def old(f: Format, a: int, b: int, arch: str = arch, largest: bool = largest) -> int:
                return old_minimum(f, a, b, arch, largest=largest)

            def new(f: Format, a: int, b: int, largest: bool = largest) -> int:
                return minimum_number(f, a, b, largest=largest)

            gfx12 = arch == "gfx1201"
            spelled = f"v_pk_{name}_num_f16" if gfx12 else f"v_pk_{name}_f16"
            assert check_packed(spelled, F16, new if gfx12 else old, 2, [(arch, lanes)]) == 1


def test_pairs_of_singles() -> None:
    """gfx90a and gfx942: each operand is two registers, and op_sel names one of them."""
    archs = [("gfx90a", 64), ("gfx942", 64)]
    assert check_packed("v_pk_add_f32", F32, add, 2, archs) == 2
    assert check_packed("v_pk_mul_f32", F32, multiply, 2, archs) == 2
    assert check_packed("v_pk_fma_f32", F32, fused, 3, archs) == 2


def test_packed_move() -> None:
    """One register of each operand."""
    columns = pairs(F32, "move")[:2]
    for first, second in itertools.product((0, 1), repeat=2):
        line = [Line(f"v_pk_mov_b32 {{D}}, {{A}}, {{B}} op_sel:[{first},{second}]", 64)]
        found = low_bits(results(line, columns, "gfx90a", 64)[0], 64)
        for a, b, got in zip(*columns, found, strict=True):
            assert got == half(a, F32, high=first) | half(b, F32, high=second) << 32


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_mixed(arch: str, lanes: int) -> None:
    """Each operand f32 or either half, with its sign; the result f32 or either half."""
    columns = [[a & 0xFFFFFFFF for a in column] for column in pairs(F32, "mixed")]
    columns[0] = pairs(F16, "mixed")[0]
    cases = [
        ((1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)),
        ((1, 1, 0), (0, 1, 0), (1, 0, 0), (0, 1, 0)),
        ((0, 0, 0), (0, 0, 0), (0, 0, 1), (1, 0, 0)),
    ]
    for halves, high, negate, absolute in cases:
        signs = [("-" if negate[n] else "") + ("|{%s}|" if absolute[n] else "{%s}") % letter for n, letter in enumerate("abc")]
        lists = [",".join(str(b) for b in bits) for bits in (high, halves)]
        tail = " {d}, " + ", ".join(signs) + " op_sel:[{}] op_sel_hi:[{}]".format(*lists)
        lines = [Line(f"v_mov_b32 {{d}}, 0x12345678\n{name}{tail}", 32) for name in MIXED]
        found = [low_bits(column, 32) for column in results(lines, columns, arch, lanes)]
        for n, row in enumerate(zip(*columns, strict=True)):
            values = []
            for operand, value in enumerate(row):
                wide = converted(F16, F32, half(value, F16, high=high[operand])) if halves[operand] else value
                wide = wide & ~F32.sign if absolute[operand] else wide
                values.append(wide ^ F32.sign if negate[operand] else wide)
            single = fused(F32, *values)
            narrow = converted(F32, F16, single)
            where = f"{arch}: {lines[0].text} of {[hex(v) for v in row]}"
            assert found[0][n] == single, where
            assert found[1][n] == 0x12340000 | narrow, where
            assert found[2][n] == 0x5678 | narrow << 16, where


MIXED = ("v_fma_mix_f32", "v_fma_mixlo_f16", "v_fma_mixhi_f16")


def sum_of_two(f: Format, a: int, b: int, c: int) -> int:
    """Low products first, each added with one rounding, in f32."""
    wide = [[converted(f, F32, half(v, f, high=h)) for h in (0, 1)] for v in (a, b)]
    return fused(F32, wide[0][1], wide[1][1], fused(F32, wide[0][0], wide[1][0], c))


def test_dot_of_floats() -> None:
    """v_dot2_f32_f16 and bf16, the forms that accumulate, and sums of the small types."""
    for f, name in ((F16, "f16"), (BF16, "bf16")):
        columns = pairs(f, f"dot {name}")
        columns[2] = [v & 0xFFFFFFFF for v in pairs(F32, f"dot {name}")[2]]
        lines = {
            Line(f"v_dot2_f32_{name} {{d}}, {{a}}, {{b}}, {{c}}", 32): lambda a, b, c, f=f: sum_of_two(f, a, b, c),
            Line(f"v_dot2_f32_{name} {{d}}, {{a}}, {{b}}, {{c}} neg_lo:[0,0,1]", 32): lambda a, b, c, f=f: sum_of_two(
                f, a, b, c ^ F32.sign
            ),
            Line(f"v_mov_b32 {{d}}, {{c}}\nv_dot2c_f32_{name} {{d}}, {{a}}, {{b}}", 32): lambda a, b, c, f=f: sum_of_two(
                f, a, b, c
            ),
            Line(f"v_dot2_{name}_{name} {{d}}, {{a}}, {{b}}, {{c}}", 16): lambda a, b, c, f=f: _small_sum(f, a, b, c),
        }
        for arch, lanes in ARCHS:
            there = present(list(lines), arch, lanes)
            for line, column in zip(there, results(there, columns, arch, lanes), strict=True):
                for row, got in zip(zip(*columns, strict=True), low_bits(column, line.bits), strict=True):
                    want = lines[line](*row)
                    assert got == want, f"{arch}: {line.text} of {[hex(v) for v in row]} is {got:#x}, not {want:#x}"


def _small_sum(f: Format, a: int, b: int, c: int) -> int:
    low, high = ((half(a, f, high=h), half(b, f, high=h)) for h in (0, 1))
    return fused(f, *high, fused(f, *low, half(c, f, high=0)))


def _parts(value: int, bits: int, *, signed: bool) -> list[int]:
    parts = [value >> at & ((1 << bits) - 1) for at in range(0, 32, bits)]
    return [p - (1 << bits) if signed and p >> (bits - 1) else p for p in parts]


def dot(row: Sequence[int], bits: int, signs: tuple[bool, bool], *, clamp: bool) -> int:
    """Integers; the sum wraps or saturates as the sign of the result says."""
    a, b, c = row
    result_signed = signs[0] or signs[1]
    start = c - (1 << 32) if result_signed and c >> 31 else c
    total = start + sum(x * y for x, y in zip(_parts(a, bits, signed=signs[0]), _parts(b, bits, signed=signs[1]), strict=True))
    low, high = (-(2**31), 2**31 - 1) if result_signed else (0, 2**32 - 1)
    return (max(low, min(high, total)) if clamp else total) & 0xFFFFFFFF


def test_dot_of_integers() -> None:
    """Two, four or eight products; with clamp the sum saturates; neg_lo makes operands signed."""
    source = random.Random("integers")
    edges = [0, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0x80808080, 0x7F7F7F7F, 0x88888888]
    columns = [[source.choice(edges) if source.random() < 0.4 else source.getrandbits(32) for _ in range(COUNT)] for _ in range(3)]
    cases: list[tuple[str, str, int, tuple[bool, bool]]] = [
        *((f"v_dot{32 // n}_i32_i{n}", "", n, (True, True)) for n in (4, 8, 16)),  # gfx11 reads i4 and i8 as iu4 and iu8
        *((f"v_dot{32 // n}_u32_u{n}", "", n, (False, False)) for n in (4, 8, 16)),
    ]
    for n in (4, 8):
        for a, b in ((True, True), (True, False), (False, True)):
            cases.append((f"v_dot{32 // n}_i32_iu{n}", f" neg_lo:[{int(a)},{int(b)},0]", n, (a, b)))
    counts = []
    for arch, lanes in ARCHS:
        lines = {Line(f"{c[0]} {{d}}, {{a}}, {{b}}, {{c}}{c[1]}{s}", 32): (c, bool(s)) for c in cases for s in ("", " clamp")}
        renamed = ("v_dot4_i32_i8 ", "v_dot8_i32_i4 ") if arch in {"gfx1100", "gfx1201"} else ()
        there = present([line for line in lines if not line.text.startswith(tuple(renamed))], arch, lanes)
        for line, column in zip(there, results(there, columns, arch, lanes), strict=True):
            (_, _, bits, signs), clamp = lines[line]
            for row, got in zip(zip(*columns, strict=True), low_bits(column, 32), strict=True):
                assert got == dot(row, bits, signs, clamp=clamp), f"{arch}: {line.text} of {[hex(v) for v in row]}"
        counts.append(len(there))
    assert min(counts) >= 8, counts


def test_dot_of_bytes() -> None:
    """gfx12: four products of 8-bit floats, small integers here, exact in f32."""
    encoded = {
        "fp8": {0: 0x00, 1: 0x38, 2: 0x40, 3: 0x44, -1: 0xB8, -2: 0xC0},
        "bf8": {0: 0x00, 1: 0x3C, 2: 0x40, 3: 0x42, -1: 0xBC, -2: 0xC0},
    }
    source = random.Random("bytes")
    rows = [[[source.choice([0, 1, 2, 3, -1, -2]) for _ in range(4)] for _ in range(2)] for _ in range(64)]
    for first, second in itertools.product(encoded, repeat=2):
        columns = [
            [sum(encoded[kind][v] << 8 * n for n, v in enumerate(row[side])) for row in rows]
            for side, kind in enumerate((first, second))
        ]
        starts = [F32.rounded(Fraction(n, 4)) for n in range(64)]
        line = [Line(f"v_dot4_f32_{first}_{second} {{d}}, {{a}}, {{b}}, {{c}}", 32)]
        found = low_bits(results(line, [*columns, starts], "gfx1201", 32)[0], 32)
        for n, (row, got) in enumerate(zip(rows, found, strict=True)):
            assert F32.number(got) == Fraction(n, 4) + sum(x * y for x, y in zip(*row, strict=True))


def test_constants() -> None:
    """Inline constants stand in the low half only; op_sel_hi 0 takes them for both."""
    lines = [Line("v_pk_add_f16 {d}, {a}, 1.0 op_sel_hi:[1,0]", 32), Line("v_pk_add_f16 {d}, {a}, 1.0", 32)]
    one, two = F16.rounded(Fraction(1)), F16.rounded(Fraction(2))
    for arch, lanes in ARCHS:
        both, low = (low_bits(column, 32)[0] for column in results(lines, [[one | one << 16]], arch, lanes))
        assert both == two | two << 16
        assert low == two | one << 16
    assert low_bits(
        results([Line("v_pk_mul_f32 {D}, {A}, 2.0 op_sel_hi:[1,0]", 64)], [[0x3F8000003F800000]], "gfx942", 64)[0], 64
    ) == [0x4000000040000000]
    assert WAVE32[1] == 32
