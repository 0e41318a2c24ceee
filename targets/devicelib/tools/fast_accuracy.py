"""The `__sinf` family (`.fast`): CUDA's documented errors, and the measurement of the library's portable versions.

Bounds: CUDA C++ Programming Guide, "Floating-Point Computation", table "Single-Precision-Only Intrinsic Functions". What the guide
derives from an implementation (`__tanf`, `__powf`) is derived here from the bounds of the parts. The library's own f64 functions
are the exact values. Targets that replace these functions by instructions are bound by the makers' documents instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from crosswarp.targets.devicelib.tools.host_library import HostLibrary
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
ABSOLUTE_SINE = 2.0**-21.41
LN2 = float(np.log(2.0))


def unit(exact: Floats) -> Floats:
    """One f32 unit in the last place of `exact`."""
    _, exponent = np.frexp(exact)
    scale: Floats = np.exp2((np.clip(exponent, -125, 128) - 24).astype(np.float64))
    return scale


@dataclass(frozen=True)
class FastPromise:
    """`bound(x, exact)`, or of (x, y, exact): the largest |result - exact| that CUDA allows; ulp bounds get half an ulp more."""

    name: str
    says: str
    intervals: tuple[tuple[float, float], ...]
    bound: Callable[..., Floats]


def _logarithm(ulp: float, absolute: float) -> Callable[..., Floats]:
    def bound(x: Floats, exact: Floats) -> Floats:
        allowed: Floats = np.where((x >= 0.5) & (x <= 2), absolute, (ulp + 0.5) * unit(exact))
        return allowed

    return bound


def _power(x: Floats, y: Floats, exact: Floats) -> Floats:
    logarithm = np.log2(x)
    error = np.where((x >= 0.5) & (x <= 2), 2.0**-22, 2.5 * unit(logarithm))
    exponent_error = np.abs(y) * error + np.abs(y * logarithm) * 2.0**-24
    allowed: Floats = np.abs(exact) * np.expm1(exponent_error * LN2) + 2.5 * unit(exact)
    return allowed


def _tangent(x: Floats, exact: Floats) -> Floats:
    relative = ABSOLUTE_SINE / np.abs(np.sin(x)) + ABSOLUTE_SINE / np.abs(np.cos(x))
    allowed: Floats = np.abs(exact) * relative / (1 - np.minimum(ABSOLUTE_SINE / np.abs(np.cos(x)), 0.5)) + 3 * unit(exact)
    return allowed


FAST_PROMISES = (
    FastPromise("sin", "2^-21.41 absolute on [-pi, pi]", ((-np.pi, np.pi),), lambda x, e: np.full(len(x), ABSOLUTE_SINE)),
    FastPromise("cos", "2^-21.41 absolute on [-pi, pi]", ((-np.pi, np.pi),), lambda x, e: np.full(len(x), ABSOLUTE_SINE)),
    FastPromise("tan", "of sine and cosine, on [-pi, pi]", ((-np.pi, np.pi),), _tangent),
    FastPromise("tanh", "2^-11 relative", ((-20, 20),), lambda x, e: np.abs(e) * 2.0**-11),
    FastPromise("exp", "2 + floor(1.173 \\|x\\|) ulp", ((-87, 88),), lambda x, e: (2.5 + np.floor(1.173 * np.abs(x))) * unit(e)),
    FastPromise("exp10", "2 + floor(2.97 \\|x\\|) ulp", ((-37, 38),), lambda x, e: (2.5 + np.floor(2.97 * np.abs(x))) * unit(e)),
    FastPromise("log", "2^-21.41 absolute on [0.5, 2], else 3 ulp", ((1e-37, 3e38),), _logarithm(3, 2.0**-21.41)),
    FastPromise("log2", "2^-22 absolute on [0.5, 2], else 2 ulp", ((1e-37, 3e38),), _logarithm(2, 2.0**-22)),
    FastPromise("log10", "2^-24 absolute on [0.5, 2], else 3 ulp", ((1e-37, 3e38),), _logarithm(3, 2.0**-24)),
    FastPromise("pow", "of `exp2f(y * __log2f(x))`", ((1e-3, 1e3), (-12, 12)), _power),
    FastPromise("div", "2 ulp for \\|y\\| in [2^-126, 2^126]", ((1e-30, 1e30), (2.0**-126, 2.0**126)),
                lambda x, y, e: 2.5 * unit(e)),
)  # fmt: skip


@dataclass(frozen=True)
class FastMeasurement:
    """The largest |result - exact| as a share of what CUDA allows there, and where."""

    share: float
    at: tuple[float, ...]
    points: int


def measure_fast(library: HostLibrary, promise: FastPromise, count: int, seed: int = 1) -> FastMeasurement:
    """Half of the points evenly spread, half over the exponents; results that are not normal numbers do not count."""
    random = np.random.default_rng(seed)
    columns = [_spread(interval, count, random) for interval in promise.intervals]
    got = np.asarray(library.call(f"__cw.math.{promise.name}.fast.f32", *columns)[0], np.float64)
    wide = [column.astype(np.float64) for column in columns]
    results = wide[0] / wide[1] if promise.name == "div" else library.call(f"__cw.math.{promise.name}.f64", *wide)[0]
    exact = np.asarray(results, np.float64)
    with np.errstate(all="ignore"):
        shares = np.abs(got - exact) / promise.bound(*wide, exact)
        shares[(np.abs(exact) < 2.0**-126) | (np.abs(exact) >= 2.0**128) | (exact == got)] = 0
    worst = int(np.argmax(shares))
    return FastMeasurement(float(shares[worst]), tuple(float(column[worst]) for column in columns), count)


def _spread(interval: tuple[float, float], count: int, random: np.random.Generator) -> Floats:
    low, high = interval
    even = random.uniform(low, high, count // 2)
    if low > 0:
        scaled = np.exp(random.uniform(np.log(low), np.log(high), count - count // 2))
        # Where logarithms change their bound.
        scaled[::4] = random.uniform(max(low, 0.4), min(high, 2.5), len(scaled[::4]))
    else:
        scaled = np.where(random.random(count - count // 2) < 0.5, low, high) * 2.0 ** random.uniform(-30, 0, count - count // 2)
    return random.permutation(np.concatenate([even, scaled])).astype(np.float32).clip(np.float32(low), np.float32(high))
