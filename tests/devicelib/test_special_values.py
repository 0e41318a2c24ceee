"""Results that are exact by definition: NaN, infinities, signed zeros, poles, domains, and functions without rounding error."""

from __future__ import annotations

import math

import numpy as np
import pytest
from crosswarp.targets.devicelib.tools.host_library import HostLibrary

NAN, INF = math.nan, math.inf
TYPES = {"f32": np.float32, "f64": np.float64}

# function: argument -> result. Arguments and results that are exact in both types.
ONE = {
    "acos": [(1, 0.0), (2, NAN), (-1.5, NAN)], "acosh": [(1, 0.0), (0.5, NAN), (INF, INF)], "asin": [(0.0, 0.0), (-0.0, -0.0),
        (2, NAN)],
    "asinh": [(0.0, 0.0), (-0.0, -0.0), (INF, INF), (-INF, -INF)], "atan": [(0.0, 0.0), (-0.0, -0.0)],
    "atanh": [(0.0, 0.0), (-0.0, -0.0), (1, INF), (-1, -INF), (2, NAN)], "cbrt": [(0.0, 0.0), (-0.0, -0.0), (INF, INF),
        (-INF, -INF), (27, 3), (-8, -2)],
    "cos": [(0.0, 1), (INF, NAN), (-INF, NAN)], "cosh": [(0.0, 1), (INF, INF), (-INF, INF)],
    "cospi": [(0.0, 1), (0.5, 0.0), (1.5, 0.0), (-2.5, 0.0), (1, -1), (2, 1), (2.0**60, 1), (INF, NAN)],
    "sinpi": [(0.0, 0.0), (-0.0, -0.0), (1, 0.0), (-1, -0.0), (0.5, 1), (1.5, -1), (2.0**60, 0.0), (-INF, NAN)],
    "cyl_bessel_i0": [(0.0, 1), (INF, INF), (-INF, INF)], "cyl_bessel_i1": [(0.0, 0.0), (-0.0, -0.0), (INF, INF),
        (-INF, -INF)],
    "erf": [(0.0, 0.0), (-0.0, -0.0), (INF, 1), (-INF, -1)], "erfc": [(0.0, 1), (INF, 0.0), (-INF, 2)], "erfcx": [(0.0, 1),
        (INF, 0.0), (-INF, INF)],
    "erfinv": [(0.0, 0.0), (-0.0, -0.0), (1, INF), (-1, -INF), (2, NAN)], "erfcinv": [(0.0, INF), (2, -INF), (-1, NAN),
        (3, NAN)],
    "normcdf": [(INF, 1), (-INF, 0.0), (0.0, 0.5)], "normcdfinv": [(0.0, -INF), (1, INF), (2, NAN), (-1, NAN)],
    "exp": [(0.0, 1), (-0.0, 1), (INF, INF), (-INF, 0.0)], "exp2": [(0.0, 1), (10, 1024), (-3, 0.125), (INF, INF), (-INF, 0.0),
        (-149, 2.0**-149)],
    "exp10": [(0.0, 1), (2, 100), (INF, INF), (-INF, 0.0)], "expm1": [(0.0, 0.0), (-0.0, -0.0), (INF, INF), (-INF, -1)],
    "j0": [(0.0, 1), (INF, 0.0)], "j1": [(0.0, 0.0), (-0.0, -0.0), (INF, 0.0)], "y0": [(0.0, -INF), (-1, NAN),
        (INF, 0.0)], "y1": [(0.0, -INF), (-1, NAN)],
    "lgamma": [(1, 0.0), (2, 0.0), (0.0, INF), (-3, INF), (INF, INF), (-INF, INF)],
    "tgamma": [(0.0, INF), (-0.0, -INF), (-1, NAN), (-INF, NAN), (INF, INF), (1, 1), (5, 24)],
    "log": [(1, 0.0), (0.0, -INF), (-0.0, -INF), (-1, NAN), (INF, INF), (-INF, NAN)], "log2": [(8, 3), (0.25, -2), (0.0, -INF),
        (-1, NAN), (INF, INF)],
    "log10": [(1, 0.0), (100, 2), (0.0, -INF), (-1, NAN), (INF, INF)], "log1p": [(0.0, 0.0), (-0.0, -0.0), (-1, -INF),
        (-2, NAN), (INF, INF)],
    "logb": [(1, 0), (12, 3), (0.0, -INF), (INF, INF), (-INF, INF), (2.0**-149, -149)], "rcbrt": [(0.0, INF), (-0.0, -INF),
        (8, 0.5), (INF, 0.0), (-INF, -0.0)],
    "rsqrt": [(0.0, INF), (-0.0, -INF), (4, 0.5), (INF, 0.0), (-1, NAN)], "sin": [(0.0, 0.0), (-0.0, -0.0), (INF, NAN)],
    "sinh": [(0.0, 0.0), (-0.0, -0.0), (INF, INF), (-INF, -INF)], "tan": [(0.0, 0.0), (-0.0, -0.0), (INF, NAN)],
    "tanh": [(0.0, 0.0), (-0.0, -0.0), (INF, 1), (-INF, -1)],
}  # fmt: skip
POW = [((2, 3), 8), ((0.0, 0.0), 1), ((NAN, 0.0), 1), ((1, NAN), 1), ((-1, INF), 1), ((-1, -INF), 1), ((0.5, INF), 0.0),
        ((2, INF), INF), ((0.5, -INF), INF), ((2, -INF), 0.0), ((0.0, 3), 0.0), ((-0.0, 3), -0.0), ((-0.0, 2), 0.0),
        ((0.0, -1), INF), ((-0.0, -1), -INF), ((-0.0, -2), INF), ((-2, 3), -8), ((-2, 0.5), NAN), ((INF, 2), INF), ((INF, -2),
        0.0), ((-INF, 3), -INF), ((-INF, 2), INF), ((-INF, -3), -0.0), ((-INF, 0.5), INF), ((NAN, 1), NAN), ((2, NAN), NAN),
        ((-0.0, -INF), INF), ((-0.0, INF), 0.0)]  # fmt: skip
TWO = {
    "pow": POW,
    "fmod": [((5.5, 2), 1.5), ((-5.5, 2), -1.5), ((INF, 1), NAN), ((1, 0.0), NAN), ((3, INF), 3), ((-0.0, 1), -0.0), ((-4, 2),
        -0.0)],
    "remainder": [((5, 2), 1), ((7, 2), -1), ((INF, 1), NAN), ((1, 0.0), NAN), ((3, INF), 3), ((-0.0, 1), -0.0), ((-4, 2),
        -0.0)],
    "hypot": [((3, 4), 5), ((INF, NAN), INF), ((NAN, -INF), INF), ((0.0, -0.0), 0.0), ((NAN, 1), NAN)],
    "rhypot": [((3, 4), 0.2), ((INF, NAN), 0.0), ((0.0, 0.0), INF)],
    "atan2": [((0.0, 1), 0.0), ((-0.0, 1), -0.0), ((0.0, 0.0), 0.0), ((-0.0, 0.0), -0.0), ((1, INF), 0.0), ((-1, INF), -0.0),
        ((NAN, 1), NAN)],
    "nextafter": [((0.0, 1), "tiny"), ((1, 1), 1), ((-0.0, 0.0), 0.0), ((NAN, 1), NAN)],
}  # fmt: skip


def same(got: np.floating, wanted: float) -> bool:
    return bool(np.isnan(got)) if math.isnan(wanted) else got == wanted and np.signbit(got) == np.signbit(wanted)


@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize("name", list(ONE))
def test_one_argument(library: HostLibrary, name: str, kind: str) -> None:
    dtype = TYPES[kind]
    for argument, wanted in [*ONE[name], (NAN, NAN)]:
        got = library.call(f"__cw.math.{name}.{kind}", np.array([argument], dtype))[0][0]
        assert same(got, wanted), f"{name}({argument}) = {got}, not {wanted}"


@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize("name", list(TWO))
def test_two_arguments(library: HostLibrary, name: str, kind: str) -> None:
    dtype = TYPES[kind]
    for (a, b), wanted in TWO[name]:
        got = library.call(f"__cw.math.{name}.{kind}", np.array([a], dtype), np.array([b], dtype))[0][0]
        expected = np.finfo(dtype).smallest_subnormal if wanted == "tiny" else dtype(wanted)
        assert same(got, expected), f"{name}({a}, {b}) = {got}, not {wanted}"


@pytest.mark.parametrize("kind", list(TYPES))
def test_atan2_quadrants(library: HostLibrary, kind: str) -> None:
    y, x = (np.array(v, TYPES[kind]) for v in ([0.0, -0.0, INF, INF, -INF, 1, 2, -2], [-1, -1, INF, -INF, -INF, -INF, 0.0, -0.0]))
    wanted = np.arctan2(y.astype(np.float64), x.astype(np.float64)).astype(TYPES[kind])
    assert np.array_equal(library.call(f"__cw.math.atan2.{kind}", y, x)[0], wanted)


def everything(dtype: type) -> np.ndarray:
    """All magnitudes, special values included."""
    unsigned = np.uint32 if dtype is np.float32 else np.uint64
    drawn = np.random.default_rng(4).integers(0, 2 ** (8 * dtype().nbytes), 3000, dtype=np.uint64).astype(unsigned).view(dtype)
    return np.concatenate([drawn, np.array([0.0, -0.0, INF, -INF, NAN, 0.5, -1.5, 2.5], dtype)])


@pytest.mark.parametrize("kind", list(TYPES))
def test_functions_without_rounding(library: HostLibrary, kind: str) -> None:
    values = everything(TYPES[kind])
    others = np.roll(values, 1)
    with np.errstate(all="ignore"):
        mantissa, exponent = np.frexp(values)
        fraction, whole = np.modf(values)
        finite = np.isfinite(values)
        got_mantissa, got_exponent = library.call(f"__cw.math.frexp.{kind}", values)
        got_fraction, got_whole = library.call(f"__cw.math.modf.{kind}", values)
        shifts = np.random.default_rng(5).integers(-2500, 2500, len(values)).astype(np.int32)
        shifted = library.call(f"__cw.math.ldexp.{kind}", values, shifts)[0]
        assert np.array_equal(got_mantissa, mantissa, equal_nan=True)
        assert np.array_equal(got_exponent[finite], exponent[finite])
        assert np.array_equal(got_fraction, fraction, equal_nan=True)
        assert np.array_equal(np.signbit(got_fraction), np.signbit(fraction))
        assert np.array_equal(got_whole, whole, equal_nan=True)
        assert np.array_equal(shifted, np.ldexp(values, shifts), equal_nan=True)
        assert np.array_equal(
            library.call(f"__cw.math.nextafter.{kind}", values, others)[0], np.nextafter(values, others), equal_nan=True
        )
        assert np.array_equal(library.call(f"__cw.math.fmod.{kind}", values, others)[0], np.fmod(values, others), equal_nan=True)
        normal = finite & (values != 0)
        assert np.array_equal(library.call(f"__cw.math.ilogb.{kind}", values)[0][normal], exponent[normal] - 1)


def test_ilogb_edges(library: HostLibrary) -> None:
    got = library.call("__cw.math.ilogb.f64", np.array([0.0, -0.0, NAN, INF, -INF, 5e-324]))[0]
    assert got.tolist() == [-(2**31), -(2**31), -(2**31), 2**31 - 1, 2**31 - 1, -1074]


@pytest.mark.parametrize("kind", list(TYPES))
def test_remquo(library: HostLibrary, kind: str) -> None:
    x = np.array([5, 7, -7, 7, 29, 1e10, 3, 2.5, 3.5], TYPES[kind])
    y = np.array([2, 2, 2, -2, 3, 7, INF, 1, 1], TYPES[kind])
    rest, quotient = library.call(f"__cw.math.remquo.{kind}", x, y)
    assert rest.tolist() == [math.remainder(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    wanted = [0 if math.isinf(b) else round(float(a) / float(b)) for a, b in zip(x, y, strict=True)]
    assert [(int(q) & 7, q < 0) for q in quotient] == [(w & 7, w < 0) for w in wanted]


@pytest.mark.parametrize("kind", list(TYPES))
def test_sincos_agrees_with_sin_and_cos(library: HostLibrary, kind: str) -> None:
    values = everything(TYPES[kind])
    for suffix in ("", "pi"):
        sine, cosine = library.call(f"__cw.math.sincos{suffix}.{kind}", values)
        assert np.array_equal(sine, library.call(f"__cw.math.sin{suffix}.{kind}", values)[0], equal_nan=True)
        assert np.array_equal(cosine, library.call(f"__cw.math.cos{suffix}.{kind}", values)[0], equal_nan=True)


@pytest.mark.parametrize("kind", list(TYPES))
def test_norm_of_an_array(library: HostLibrary, kind: str) -> None:
    values = np.array([3, 4, 12, 84, 0], TYPES[kind])
    for name, wanted in (("norm", 13), ("rnorm", 1 / 13)):
        got = library.call(f"__cw.math.{name}.{kind}", np.array([3], np.int32), values)[0]
        assert got[0] == TYPES[kind](wanted)


FAST = ["cos", "exp", "exp10", "log", "log10", "log2", "sin", "tan", "tanh"]


@pytest.mark.parametrize("name", FAST)
def test_fast_functions_are_close(library: HostLibrary, name: str) -> None:
    values = np.linspace(0.01, 3.1, 500).astype(np.float32)
    accurate = library.call(f"__cw.math.{name}.f64", values.astype(np.float64))[0]
    got = library.call(f"__cw.math.{name}.fast.f32", values)[0]
    assert np.all(np.abs(got - accurate) <= 2.0**-20 * np.maximum(1, np.abs(accurate)))
