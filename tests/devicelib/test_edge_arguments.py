"""Arguments at the edges of each function's domain: C99 Annex F, and the CUDA Math API where it says more.

`test_special_values.py` has the common table; here are infinities of both signs, arguments outside the domain, several arguments at
once, subnormal numbers, and results that are exact numbers.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from crosswarp.targets.devicelib.tools.host_library import HostLibrary

from tests.devicelib.test_special_values import INF, NAN, TYPES, same

OUTSIDE = {
    "acos": [INF, -INF, 1.5], "acosh": [-INF, -1, 0.0, 0.75], "asin": [INF, -INF, -1.5], "atanh": [-2, INF, -INF, 1.25],
    "cos": [INF, -INF], "cospi": [-INF, INF], "erfcinv": [INF, -INF, -0.5, 2.5], "erfinv": [INF, -INF, 1.5, -1.5],
    "log": [-2, -INF], "log10": [-2, -INF], "log1p": [-1.5, -INF], "log2": [-0.5, -INF], "normcdfinv": [INF, -INF, -0.5, 1.5],
    "rsqrt": [-INF, -2], "sin": [INF, -INF], "sinpi": [INF, -INF], "tan": [INF, -INF], "tgamma": [-INF, -2, -100],
    "y0": [-INF, -0.5], "y1": [-INF, -0.5],
}  # fmt: skip
MORE = {
    "acos": [(-0.0, math.pi / 2), (-1, math.pi)], "asin": [(1, math.pi / 2), (-1, -math.pi / 2)],
    "atan": [(INF, math.pi / 2), (-INF, -math.pi / 2), (1, math.pi / 4)], "cosh": [(-0.0, 1)], "erfcinv": [(-0.0, INF), (1, 0.0)],
    "cos": [(-0.0, 1)], "exp2": [(1024, INF), (-1200, 0.0), (-0.0, 1)], "exp": [(800, INF), (-800, 0.0)], "exp10": [(400, INF),
        (-400, 0.0), (-0.0, 1)], "expm1": [(800, INF), (-800, -1)],
    "j0": [(-INF, 0.0), (-0.0, 1)], "j1": [(-INF, -0.0)], "y1": [(INF, 0.0), (-0.0, -INF)], "y0": [(-0.0, -INF)],
    "lgamma": [(-0.0, INF), (-1, INF), (3, math.log(2))], "tgamma": [(3, 2), (4, 6), (0.5, math.sqrt(math.pi))],
    "log1p": [(INF, INF)], "log2": [(-0.0, -INF), (1, 0.0)], "log10": [(-0.0, -INF)], "logb": [(-0.0, -INF), (-12, 3)],
    "normcdfinv": [(0.5, 0.0), (-0.0, -INF)], "rcbrt": [(-8, -0.5), (1, 1)], "sinpi": [(2.5, 1), (-1.5, 1), (3, 0.0), (-4, -0.0)],
    "cospi": [(-1, -1), (2.0**25, 1), (-INF, NAN)], "erfc": [(-0.0, 1), (40, 0.0), (-10, 2)], "normcdf": [(-0.0, 0.5), (-50, 0.0)],
    "cyl_bessel_i0": [(-0.0, 1)],
}  # fmt: skip
POW = [((-INF, -2), 0.0), ((-INF, -INF), 0.0), ((-INF, INF), INF), ((0.0, -INF), INF), ((0.0, INF), 0.0), ((-0.0, 0.5), 0.0),
       ((-0.0, -0.5), INF), ((INF, NAN), NAN), ((-8, 1 / 3), NAN), ((-INF, 0.0), 1), ((NAN, -0.0), 1), ((1, -INF), 1),
       ((1, INF), 1), ((-1, 2.0**60), 1), ((-2, 2.0**60), INF), ((2, 5000), INF), ((2, -5000), 0.0), ((-2, -5001), -0.0),
       ((INF, 0.5), INF), ((-0.5, 3), -0.125), ((3, 4), 81), ((0.5, 1), 0.5), ((INF, -0.5), 0.0)]  # fmt: skip
TWO = {
    "pow": POW,
    "fmod": [((0.0, 3), 0.0), ((-0.0, -3), -0.0), ((3, -INF), 3), ((-INF, 2), NAN), ((NAN, 2), NAN), ((2, NAN), NAN),
        ((3, -0.0), NAN)],
    "remainder": [((0.0, 3), 0.0), ((3, -INF), 3), ((-INF, 2), NAN), ((NAN, 2), NAN), ((2, NAN), NAN), ((3, 2), -1),
        ((-3, 2), 1)],
    "hypot": [((-INF, 1), INF), ((1, -INF), INF), ((-0.0, -0.0), 0.0), ((-3, 0.0), 3), ((1, NAN), NAN)],
    "rhypot": [((-INF, 1), 0.0), ((-0.0, 0.0), INF), ((NAN, 1), NAN), ((NAN, INF), 0.0)],
    "nextafter": [((1, NAN), NAN), ((0.0, -0.0), -0.0), ((INF, INF), INF)],
    "atan2": [((INF, INF), math.pi / 4), ((-INF, -INF), -3 * math.pi / 4), ((0.0, -0.0), math.pi), ((-0.0, -1), -math.pi),
        ((1, 0.0), math.pi / 2), ((1, NAN), NAN)],
}  # fmt: skip
NORMS = {
    "norm3d": [((2, 3, 6), 7), ((INF, NAN, 1), INF), ((NAN, 1, 1), NAN), ((0.0, -0.0, 0.0), 0.0)],
    "rnorm3d": [((0.0, -0.0, 0.0), INF), ((-INF, NAN, 1), 0.0), ((NAN, 1, 1), NAN)],
    "norm4d": [((2, 4, 5, 6), 9), ((NAN, 1, -INF, 1), INF), ((1, 1, 1, NAN), NAN)],
    "rnorm4d": [((2, 2, 2, 2), 0.25), ((0.0, 0.0, 0.0, 0.0), INF), ((1, 1, NAN, INF), 0.0)],
}  # fmt: skip
BESSEL = {"jn": [((-1, 1.5), NAN), ((3, 0.0), 0.0), ((3, INF), 0.0), ((2, NAN), NAN)],
          "yn": [((-1, 1.5), NAN), ((3, 0.0), -INF), ((3, -2), NAN), ((3, INF), 0.0), ((2, NAN), NAN)]}  # fmt: skip


def close(got: np.floating, wanted: float, kind: str) -> bool:
    """Equal where the value is exact, infinite or a zero; within an ulp of it where it had to be rounded."""
    dtype = TYPES[kind]
    rounded = dtype(wanted)
    if not math.isfinite(wanted) or wanted == 0 or wanted * 2.0**20 == int(wanted * 2.0**20):
        return same(got, rounded)
    return abs(float(got) - float(rounded)) <= 2 * np.spacing(abs(rounded))


def check(library: HostLibrary, name: str, kind: str, arguments: tuple[float, ...], wanted: float) -> None:
    columns = [np.array([argument], TYPES[kind]) for argument in arguments]
    if name in BESSEL:
        columns[0] = columns[0].astype(np.int32)
    with np.errstate(all="ignore"):
        got = library.call(f"__cw.math.{name}.{kind}", *columns)[0][0]
        assert close(got, wanted, kind), f"{name}{arguments} = {got}, not {wanted}"


@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_outside_the_domain(library: HostLibrary, name: str, kind: str) -> None:
    for argument in OUTSIDE[name]:
        check(library, name, kind, (argument,), NAN)


@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize("name", sorted(MORE))
def test_one_argument(library: HostLibrary, name: str, kind: str) -> None:
    for argument, wanted in MORE[name]:
        check(library, name, kind, (argument,), wanted)


@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize("name", sorted({**TWO, **NORMS, **BESSEL}))
def test_several_arguments(library: HostLibrary, name: str, kind: str) -> None:
    for arguments, wanted in {**TWO, **NORMS, **BESSEL}[name]:
        check(library, name, kind, arguments, wanted)


@pytest.mark.parametrize("kind", list(TYPES))
def test_remquo(library: HostLibrary, kind: str) -> None:
    x = np.array([3, -0.0, 0.0, INF, 3, NAN, 3], TYPES[kind])
    y = np.array([INF, 2, -2, 2, 0.0, 1, NAN], TYPES[kind])
    rest, quotient = library.call(f"__cw.math.remquo.{kind}", x, y)
    assert all(same(a, b) for a, b in zip(rest, [3, -0.0, 0.0, NAN, NAN, NAN, NAN], strict=True)), rest
    assert quotient[:3].tolist() == [0, 0, 0]


# f(x) = x + O(x^2): what is so small comes back.
IDENTITIES = ["asin", "asinh", "atan", "atanh", "erfinv", "expm1", "log1p", "sin", "sinh", "tan", "tanh"]
SLOPES = {"erf": 2 / math.sqrt(math.pi), "sinpi": math.pi, "j1": 0.5, "cyl_bessel_i1": 0.5, "erfinv": math.sqrt(math.pi) / 2}


@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize("name", IDENTITIES)
def test_subnormal_arguments(library: HostLibrary, name: str, kind: str) -> None:
    limits = np.finfo(TYPES[kind])
    x = np.array([limits.smallest_subnormal * k for k in (1, 2, 3, 1000)] + [limits.tiny, limits.tiny / 2], TYPES[kind])
    for values in (x, -x):
        got = library.call(f"__cw.math.{name}.{kind}", values)[0]
        wanted = values.astype(np.longdouble) * SLOPES.get(name, 1)
        assert np.all(np.abs(got - wanted) <= limits.smallest_subnormal * (0.5 if name not in SLOPES else 1.5)), (values, got)


@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize("name", sorted(SLOPES))
def test_subnormal_results(library: HostLibrary, name: str, kind: str) -> None:
    limits = np.finfo(TYPES[kind])
    x = np.array([limits.smallest_subnormal * k for k in (1, 7, 1000, 99999)] + [limits.tiny], TYPES[kind])
    got = library.call(f"__cw.math.{name}.{kind}", x)[0]
    assert np.all(np.abs(got - x.astype(np.longdouble) * SLOPES[name]) <= 1.5 * limits.smallest_subnormal), (x, got)


@pytest.mark.parametrize("kind", list(TYPES))
def test_exact_results(library: HostLibrary, kind: str) -> None:
    dtype = TYPES[kind]
    least, most = (-149, 127) if kind == "f32" else (-1074, 1023)
    powers = np.arange(least, most + 1)
    values = np.ldexp(dtype(1), powers).astype(dtype)
    small = np.arange(1, 200).astype(dtype)
    assert np.array_equal(library.call(f"__cw.math.exp2.{kind}", powers.astype(dtype))[0], values)
    assert np.array_equal(library.call(f"__cw.math.log2.{kind}", values)[0], powers.astype(dtype))
    assert np.array_equal(library.call(f"__cw.math.logb.{kind}", values)[0], powers.astype(dtype))
    assert np.array_equal(library.call(f"__cw.math.cbrt.{kind}", -(small**3))[0], -small)
    assert np.array_equal(library.call(f"__cw.math.hypot.{kind}", 3 * small, -4 * small)[0], 5 * small)
    assert np.array_equal(library.call(f"__cw.math.pow.{kind}", small, np.full(199, 2, dtype))[0], small**2)
    assert np.array_equal(library.call(f"__cw.math.rsqrt.{kind}", np.ldexp(dtype(1), 2 * np.arange(60)).astype(dtype))[0],
                          np.ldexp(dtype(1), -np.arange(60)))  # fmt: skip
