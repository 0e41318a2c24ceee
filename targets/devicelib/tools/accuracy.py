"""What each function of the device math library promises, and the measurement of what it delivers.

`PROMISES` holds one record a function: CUDA's documented maximum error in ulp (CUDA C++ Programming Guide of CUDA 13,
"Floating-Point Computation", the tables of maximum ulp errors) for f32 and f64, and the arguments to try. The error is
|result - exact| / ulp(exact), so a correctly rounded result measures up to 0.5, and CUDA's bound of n (counted from the correctly
rounded result) is n + 0.5.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
from crosswarp.targets.devicelib.tools.host_library import Array, HostLibrary
from crosswarp.targets.devicelib.tools.references import REFERENCES
from mpmath import mp, mpf

PRECISION = 240
Interval = tuple[float, float]
DTYPES: dict[str, type[np.floating[Any]]] = {"f32": np.float32, "f64": np.float64}
PATTERNS: dict[str, type[np.unsignedinteger[Any]]] = {"f32": np.uint32, "f64": np.uint64}
# Digits of the significand, and the exponents e of the smallest normal and beyond the largest number (0.1xxx * 2^e).
FORMATS = {"f32": (24, -125, 128), "f64": (53, -1021, 1024)}


@dataclass(frozen=True)
class Promise:
    """Bounds in ulp (`None`: only `absolute` counts) and one list of intervals per argument.

    Half of the points are spread evenly over the intervals, half over the exponents of the numbers in them.
    `absolute` applies where |argument| >= `absolute_from`: (f32, f64) error; `skip` removes arguments CUDA excludes.
    """

    name: str
    f32: float
    f64: float
    intervals: Sequence[Sequence[Interval]]
    absolute: tuple[float, float] | None = None
    absolute_from: float = 0.0
    skip: Interval | None = None
    cost: int = 1


HUGE = 1.7e308
ALL: list[Interval] = [(-HUGE, HUGE), (-10, 10), (-1000, 1000)]
POSITIVE: list[Interval] = [(0, HUGE), (0, 4), (0.5, 2)]
UNIT: list[Interval] = [(-1, 1)]


def one(name: str, f32: float, f64: float, *intervals: Interval, cost: int = 1) -> Promise:
    """A function of one argument."""
    return Promise(name, f32, f64, [list(intervals)], cost=cost)


BESSEL: list[Interval] = [(0, 8), (0, 50), (8, 1e5)]
PROMISES = [
    one("acos", 2, 2, *UNIT), one("asin", 2, 2, *UNIT), one("atan", 2, 2, *ALL), Promise("atan2", 3, 2, [ALL, ALL]),
    one("acosh", 4, 3, (1, 2), (1, HUGE)), one("asinh", 3, 3, *ALL), one("atanh", 3, 2, *UNIT),
    one("cos", 2, 2, *ALL), one("sin", 2, 2, *ALL), one("tan", 4, 2, *ALL),
    one("cospi", 1, 2, (-1e9, 1e9), (-2, 2)), one("sinpi", 1, 2, (-1e9, 1e9), (-2, 2)),
    one("cosh", 2, 1, (-711, 711), (-90, 90), (-2, 2)), one("sinh", 3, 2, (-711, 711), (-90, 90), (-2, 2)),
    one("tanh", 2, 1, (-22, 22), (-2, 2)),
    one("cbrt", 1, 1, *ALL), one("rcbrt", 1, 1, *ALL), one("rsqrt", 2, 1, *POSITIVE),
    one("exp", 2, 1, (-750, 712), (-105, 90), (-1, 1)), one("exp2", 2, 1, (-1080, 1025), (-152, 129), (-1, 1)),
    one("exp10", 2, 1, (-325, 310), (-46, 39), (-1, 1)), one("expm1", 1, 1, (-750, 712), (-40, 90), (-1, 1)),
    one("log", 1, 1, *POSITIVE), one("log2", 1, 1, *POSITIVE), one("log10", 2, 1, *POSITIVE),
    one("log1p", 1, 1, (-1, 1), (-1, HUGE)), Promise("pow", 4, 2, [POSITIVE, [(-100, 100), (-2, 2)]]),
    one("erf", 2, 2, (-6, 6), (-1, 1)), one("erfc", 4, 5, (-6, 27.5), (-1, 11)), one("erfcx", 4, 4, (-9, 10), (0, 1e4), (-26, 0)),
    one("erfinv", 2, 5, *UNIT, (0.5, 1)), one("erfcinv", 4, 6, (0, 2), (0, 1)),
    one("normcdf", 5, 5, (-38, 9), (-14, 5)), one("normcdfinv", 5, 8, (0, 1)),
    one("tgamma", 5, 10, (0, 172), (0, 36), (-30, 0), (-180, 0)),
    Promise("lgamma", 6, 4, [[(0, 10), (0, 1e6), (-100, 0), (-2.2, 5)]], skip=(-11.0001, -2.2637)),
    Promise("j0", 9, 7, [BESSEL], (2.2e-6, 5e-12), 8, cost=4), Promise("j1", 9, 7, [BESSEL], (2.2e-6, 5e-12), 8, cost=4),
    Promise("y0", 9, 7, [BESSEL], (2.2e-6, 5e-12), 8, cost=8), Promise("y1", 9, 7, [BESSEL], (2.2e-6, 5e-12), 8, cost=8),
    Promise("jn", 9, 7, [[(2, 129)], [(0, 200)]], (2.2e-6, 5e-12), cost=8),
    Promise("yn", 9, 7, [[(2, 129)], [(200, 1000)]], (2.2e-6, 5e-12), cost=16),
    one("cyl_bessel_i0", 6, 6, (-10, 10), (-700, 700), cost=2), one("cyl_bessel_i1", 6, 6, (-10, 10), (-700, 700), cost=2),
    Promise("fmod", 0, 0, [ALL, ALL]), Promise("remainder", 0, 0, [ALL, ALL]),
    Promise("hypot", 3, 2, [ALL, ALL]), Promise("rhypot", 2, 1, [ALL, ALL]),
    Promise("norm3d", 3, 2, [ALL] * 3), Promise("rnorm3d", 2, 1, [ALL] * 3),
    Promise("norm4d", 3, 2, [ALL] * 4), Promise("rnorm4d", 2, 1, [ALL] * 4),
]  # fmt: skip


@dataclass(frozen=True)
class Measurement:
    """The worst point found: error in ulp, its arguments, and the number of points. `absolute`: worst absolute error."""

    ulp: float
    at: tuple[float, ...]
    got: float
    points: int
    absolute: float


def spread(kind: str, intervals: Sequence[Interval], count: int, random: np.random.Generator) -> Array:
    """`count` numbers of the intervals: even ones, and ones spread over the bit patterns (thus over the exponents)."""
    dtype, unsigned = DTYPES[kind], PATTERNS[kind]
    limit = float(np.finfo(dtype).max)
    chosen: list[Array] = []
    share = max(2, count // (2 * len(intervals)))
    for first, last in intervals:
        low, high = max(first, -limit), min(last, limit)
        even = low + (high / 2 - low / 2) * 2 * random.random(share)
        ends = [dtype(v) for v in (low, high)]
        patterns = [int(end.view(unsigned)) & (np.iinfo(unsigned).max >> 1) for end in ends]
        start = 0 if low <= 0 <= high else min(patterns)
        drawn = random.integers(start, max(patterns) + 1, share, dtype=np.uint64).astype(unsigned).view(dtype)
        drawn = np.where(random.random(share) < 0.5, -drawn, drawn) if low < 0 < high else drawn * np.sign(low + high)
        both = np.concatenate([even.astype(dtype), drawn])
        chosen.append(both[(both >= low) & (both <= high)])
    return random.permutation(np.concatenate(chosen))[:count]


def ulp_error(kind: str, got: float, exact: mpf) -> float:
    """|got - exact| in units in the last place of `exact`; overflow and underflow count as IEEE rounds them."""
    digits, least, most = FORMATS[kind]
    if math.isnan(got):
        return math.inf
    exponent = int(mpmath.floor(mpmath.log(abs(exact), 2))) + 1 if exact else least
    unit = mpf(2) ** (min(max(exponent, least), most) - digits)
    if math.isinf(got):
        got_value = mpmath.sign(got) * mpf(2) ** most
        return 0.0 if abs(exact) >= mpf(2) ** most and exact * got > 0 else float(abs(got_value - exact) / unit)
    return float(abs(mpf(got) - exact) / unit)


def measure(library: HostLibrary, promise: Promise, kind: str, count: int, seed: int = 1) -> Measurement:
    """Compare `count` results (fewer for functions that are slow to know exactly) with mpmath."""
    random = np.random.default_rng(seed)
    count //= promise.cost
    columns = [spread(kind, intervals, count, random) for intervals in promise.intervals]
    count = min(len(column) for column in columns)
    columns = [column[:count] for column in columns]
    if promise.name in ("jn", "yn"):
        columns[0] = columns[0].astype(np.int32)
    return compare(promise, kind, columns, library.call(f"__cw.math.{promise.name}.{kind}", *columns)[0])


def compare(promise: Promise, kind: str, columns: list[Array], results: Array) -> Measurement:
    """The worst of `results` against mpmath."""
    reference: Callable[..., mpf] = REFERENCES[promise.name]
    worst: tuple[float, tuple[float, ...], float] = (0.0, (0.0,), 0.0)
    absolute, tried = 0.0, 0
    with mp.workprec(PRECISION):
        for got, *values in zip(results, *columns, strict=True):
            arguments = tuple(float(v) for v in values)
            if (promise.skip and promise.skip[0] <= arguments[-1] <= promise.skip[1]) or is_pole(promise.name, arguments):
                continue
            tried += 1
            exact = reference(*(mpf(a) for a in arguments))
            if promise.absolute and abs(arguments[-1]) >= promise.absolute_from:
                absolute = max(absolute, float(abs(mpf(float(got)) - exact)))
                continue
            error = ulp_error(kind, float(got), exact)
            worst = max(worst, (error, arguments, float(got)))
    return Measurement(worst[0], worst[1], worst[2], tried, absolute)


def yn_below_its_order(library: HostLibrary, kind: str, orders: Sequence[int], count: int) -> list[tuple[int, float]]:
    """For 0 < x < n, where CUDA allows `ynf` ceil(2 + 2.5 n) ulp: the worst error for each n at `count` places."""
    worst = []
    for n in orders:
        x = (n * np.linspace(0.05, 1, count)).astype(DTYPES[kind])
        results = library.call(f"__cw.math.yn.{kind}", np.full(count, n, np.int32), x)[0]
        with mp.workprec(PRECISION):
            pairs = [(float(got), mpmath.bessely(n, mpf(float(v)))) for got, v in zip(results, x, strict=True)]
            errors = [ulp_error(kind, got, exact) for got, exact in pairs]
        worst.append((n, max(errors)))
    return worst


def is_pole(name: str, arguments: tuple[float, ...]) -> bool:
    """Arguments whose result is not a number that mpmath can give; tested as special values instead."""
    x = arguments[-1]
    if (
        name in ("fmod", "remainder", "rcbrt", "rsqrt", "log", "log2", "log10", "y0", "y1", "yn", "erfcinv", "normcdfinv")
        and x == 0
    ):
        return True
    if name in ("tgamma", "lgamma"):
        return x <= 0 and x == math.floor(x)
    return (
        (name in ("atanh", "erfinv", "log1p") and abs(x) == 1)
        or (name == "pow" and arguments[0] == 0)
        or (name in ("rhypot", "rnorm3d", "rnorm4d") and not any(arguments))
        or (name in ("erfcinv", "normcdfinv") and x in (1, 2))
    )
