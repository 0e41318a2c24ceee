"""Floating-point numbers in scalar registers, against numpy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Wave

from tests.emulator.lanes import program

ARCHS = [("gfx1201", 32), ("gfx1201", 64), ("gfx1150", 32)]


FLOATS = """
            s_add_f32 s10, s1, s2
            s_sub_f32 s11, s1, s2
            s_mul_f32 s12, s1, s2
            s_fmac_f32 s3, s1, s2
            s_min_num_f32 s14, s1, s2
            s_max_num_f32 s15, s1, s2
            s_minimum_f32 s16, s1, s2
            s_maximum_f32 s17, s1, s2
            s_floor_f32 s18, s1
            s_ceil_f32 s19, s1
            s_trunc_f32 s20, s1
            s_rndne_f32 s21, s1
            s_fmaak_f32 s22, s1, s2, 0x40000000
            s_fmamk_f32 s23, s1, 0x40000000, s2
        """


# gfx11.5 has other names for two of them, and not yet two others.
OLDER_FLOATS = FLOATS.replace("_num_", "_").replace("s_minimum_f32", "s_min_f32").replace("s_maximum_f32", "s_max_f32")


def as_float(bits: int) -> np.float32:
    return np.uint32(bits).view(np.float32)


def as_half(bits: int) -> np.float16:
    return np.uint16(bits & 0xFFFF).view(np.float16)


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_scalar_halves(arch: str, lanes: int) -> None:
    numbers = np.array([0.0, -0.0, 1.5, -2.25, 6e4, 1e-7, np.inf, -np.inf, np.nan, 0.1], np.float16)
    names = ["add", "sub", "mul", "min", "max"]
    if arch == "gfx1201":
        names = ["add", "sub", "mul", "min_num", "max_num", "minimum", "maximum"]
    functions = [np.add, np.subtract, np.multiply, np.fmin, np.fmax, np.minimum, np.maximum]
    text = "\n".join(f"s_{name}_f16 s{10 + n}, s1, s2" for n, name in enumerate(names))
    roundings = {"floor": np.floor, "ceil": np.ceil, "trunc": np.trunc, "rndne": np.rint}
    text += "\n" + "\n".join(f"s_{name}_f16 s{20 + n}, s1" for n, name in enumerate(roundings)) + "\ns_fmac_f16 s3, s1, s2"
    for a, b in itertools.product(numbers, repeat=2):
        wave = Wave(arch, lanes, lds_bytes=4, scratch_bytes=4)
        wave.sgpr[1], wave.sgpr[2], wave.sgpr[3] = int(a.view(np.uint16)), int(b.view(np.uint16)) | 0xABCD0000, 0x4400
        wave.run(program(text, arch, lanes))
        with np.errstate(all="ignore"):
            expected = [function(a, b) for function in functions[: len(names)]]
            expected += [*(function(a) for function in roundings.values()), np.float16(np.float64(a) * np.float64(b) + 4)]
        found = [as_half(int(wave.sgpr[n])) for n in (*range(10, 10 + len(names)), *range(20, 24), 3)]
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_scalar_floats(arch: str, lanes: int) -> None:
    """As the vector instructions; other lanes' and registers' values stay."""
    numbers = [0.0, -0.0, 1.5, -2.25, 3e38, 1e-40, np.inf, -np.inf, np.nan, 0.1]
    for a, b in itertools.product(np.array(numbers, np.float32), repeat=2):
        wave = Wave(arch, lanes)
        wave.vgpr[:8] = 77
        wave.exec = 0x10
        wave.sgpr[1], wave.sgpr[2] = a.view(np.uint32), b.view(np.uint32)
        wave.sgpr[3] = np.float32(4).view(np.uint32)
        wave.run(program(FLOATS if arch == "gfx1201" else OLDER_FLOATS, arch, lanes))
        with np.errstate(all="ignore"):
            expected = [a + b, a - b, a * b]
            fused = [np.float32(np.float64(a) * np.float64(b) + k) for k in (4.0, 2.0)]
            smaller, larger = (np.minimum, np.maximum) if arch == "gfx1201" else (np.fmin, np.fmax)
            expected += [fused[0], np.fmin(a, b), np.fmax(a, b), smaller(a, b), larger(a, b), np.floor(a), np.ceil(a)]
            expected += [np.trunc(a), np.rint(a), fused[1], np.float32(np.float64(a) * 2 + np.float64(b))]
        found = [as_float(int(wave.sgpr[n])) for n in (10, 11, 12, 3, *range(14, 24))]
        np.testing.assert_array_equal(found, expected)
        assert (wave.vgpr[:8] == 77).all()
        assert wave.exec == 0x10


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_scalar_halves_and_conversions(arch: str, lanes: int) -> None:
    wave = Wave(arch, lanes)
    a, b = np.float16(1.5), np.float16(-0.1)
    wave.sgpr[1], wave.sgpr[2] = a.view(np.uint16), int(b.view(np.uint16)) | 0xABCD << 16
    wave.sgpr[4], wave.sgpr[5] = np.float32(-7.9).view(np.uint32), 0xFFFFFFFF
    wave.sgpr[6] = 0x3E00 << 16
    wave.run("""
        s_add_f16 s10, s1, s2
        s_mul_f16 s11, s1, s2
        s_rndne_f16 s12, s1
        s_cvt_i32_f32 s13, s4
        s_cvt_u32_f32 s14, s4
        s_cvt_f32_i32 s15, s5
        s_cvt_f32_u32 s16, s5
        s_cvt_f16_f32 s17, s4
        s_cvt_f32_f16 s18, s2
        s_cvt_hi_f32_f16 s19, s6
        s_cvt_pk_rtz_f16_f32 s20, s4, s4
    """)
    halves = [as_half(int(wave.sgpr[n])) for n in (10, 11, 12, 17)]
    assert halves == [a + b, a * b, np.float16(2), np.float16(-7.9)]
    assert list(wave.sgpr[13:15]) == [0xFFFFFFF9, 0]
    floats = [as_float(int(wave.sgpr[n])) for n in (15, 16, 18, 19)]
    assert floats == [-1.0, 2.0**32, np.float32(b), 1.5]
    toward_zero = int(np.float16(-7.898).view(np.uint16))
    assert int(wave.sgpr[20]) == toward_zero | toward_zero << 16


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_scalar_float_compares(arch: str, lanes: int) -> None:
    tests = {
        "lt": lambda a, b: a < b,
        "eq": lambda a, b: a == b,
        "le": lambda a, b: a <= b,
        "gt": lambda a, b: a > b,
        "ge": lambda a, b: a >= b,
        "lg": lambda a, b: a < b or a > b,
        "o": lambda a, b: not (np.isnan(a) or np.isnan(b)),
        "u": lambda a, b: np.isnan(a) or np.isnan(b),
        "nge": lambda a, b: not a >= b,
        "nlg": lambda a, b: not (a < b or a > b),
        "ngt": lambda a, b: not a > b,
        "nle": lambda a, b: not a <= b,
        "neq": lambda a, b: a != b,
        "nlt": lambda a, b: not a < b,
    }
    for name, kind in itertools.product(tests, (np.float32, np.float16)):
        bits = 8 * np.dtype(kind).itemsize
        for a, b in itertools.product([kind(v) for v in (0.0, -0.0, 1.5, -np.inf, np.nan)], repeat=2):
            wave = Wave(arch, lanes, lds_bytes=4, scratch_bytes=4)
            wave.sgpr[1], wave.sgpr[2] = (int(v.view(f"u{bits // 8}")) for v in (a, b))
            wave.run(program(f"s_cmp_{name}_f{bits} s1, s2", arch, lanes))
            assert wave.scc == bool(tests[name](a, b)), (name, a, b)
