"""Every function against mpmath, within CUDA's documented maximum error."""

from __future__ import annotations

import math

import numpy as np
import pytest
from crosswarp.targets.devicelib.tools.accuracy import DTYPES, PROMISES, Promise, compare, measure, yn_below_its_order
from crosswarp.targets.devicelib.tools.fast_accuracy import FAST_PROMISES, FastPromise, measure_fast
from crosswarp.targets.devicelib.tools.host_library import HostLibrary
from crosswarp.targets.devicelib.tools.sweep import SWEPT, Sweeper

POINTS = 2000


@pytest.mark.parametrize("kind", ["f32", "f64"])
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.name)
def test_error_is_within_cudas_bound(library: HostLibrary, promise: Promise, kind: str) -> None:
    found = measure(library, promise, kind, POINTS)
    bound = promise.f32 if kind == "f32" else promise.f64
    assert found.points >= POINTS // promise.cost // 2
    assert found.ulp <= bound + 0.5, f"{promise.name}.{kind}{found.at} = {found.got!r}: {found.ulp} ulp"
    if promise.absolute:
        assert found.absolute <= promise.absolute[kind == "f64"]


ONE_ARGUMENT = [promise for promise in PROMISES if len(promise.intervals) == 1]


@pytest.mark.parametrize("promise", ONE_ARGUMENT, ids=lambda promise: promise.name)
def test_f32_agrees_with_f64_over_all_bit_patterns(library: HostLibrary, promise: Promise) -> None:
    """f64 is measured against mpmath above; here it judges f32 in 200,000 places, NaN, infinity and the sign of zero included."""
    x = np.arange(0, 2**32, 20011, dtype=np.uint64).astype(np.uint32).view(np.float32)
    got = library.call(f"__cw.math.{promise.name}.f32", x)[0]
    with np.errstate(all="ignore"):
        exact = library.call(f"__cw.math.{promise.name}.f64", x.astype(np.float64))[0]
        rounded = exact.astype(np.float32)
        unit = np.spacing(np.maximum(np.abs(rounded), np.finfo(np.float32).tiny)).astype(np.float64)
        finite = np.isfinite(got) & np.isfinite(rounded)
        error = np.where(finite, np.abs(got.astype(np.float64) - exact) / unit, 0)
    if promise.absolute:
        error[np.abs(x) >= promise.absolute_from] = 0
    worst = int(np.argmax(error))
    assert error[worst] <= promise.f32 + 0.5, f"{promise.name}({x[worst]!r}) = {got[worst]!r}, not {exact[worst]!r}"
    assert np.array_equal(np.isnan(got), np.isnan(rounded))
    assert np.array_equal(np.isinf(got), np.isinf(rounded))
    assert np.array_equal(np.signbit(got) & ~np.isnan(got), np.signbit(rounded) & ~np.isnan(rounded))


# Numbers that lie closest to a multiple of pi/2, found by continued fractions (Muller, "Elementary Functions").
HARD_ANGLES = {"f64": [6381956970095103.0 * 2.0**797, 6411027962775774.0 * 2.0**-48], "f32": [16367173.0 * 2.0**72]}


@pytest.mark.parametrize("kind", ["f32", "f64"])
@pytest.mark.parametrize("name", ["sin", "cos", "tan"])
def test_angles_next_to_multiples_of_half_pi(library: HostLibrary, name: str, kind: str) -> None:
    dtype = DTYPES[kind]
    multiples = [dtype(k * np.pi / 2) for k in (1, 2, 3, 7, 1000, 12345, 83443, 2**29, 2**31 + 1)]
    x = np.array([*HARD_ANGLES[kind], *multiples, *(np.nextafter(m, dtype(0)) for m in multiples)], dtype)
    promise = next(promise for promise in PROMISES if promise.name == name)
    found = compare(promise, kind, [x], library.call(f"__cw.math.{name}.{kind}", x)[0])
    assert found.points == len(x)
    assert found.ulp <= (promise.f32 if kind == "f32" else promise.f64) + 0.5, found


@pytest.mark.parametrize("kind", ["f32", "f64"])
@pytest.mark.parametrize("name", ["exp", "exp2", "exp10", "sinh", "cosh", "pow"])
def test_edges_of_the_range(library: HostLibrary, name: str, kind: str) -> None:
    """Where results overflow, turn subnormal and vanish."""
    dtype = DTYPES[kind]
    base = {"exp2": 2.0, "exp10": 10.0}.get(name, float(np.e))
    limits = np.finfo(dtype)
    edges = [np.log(float(v)) / np.log(base) for v in (limits.max, limits.tiny, limits.smallest_subnormal)]
    x = np.concatenate([np.linspace(edge - 0.7, edge + 0.7, 101) for edge in edges]).astype(dtype)
    columns = [np.full(len(x), np.e, dtype), x] if name == "pow" else [x]
    promise = next(promise for promise in PROMISES if promise.name == name)
    found = compare(promise, kind, columns, library.call(f"__cw.math.{name}.{kind}", *columns)[0])
    assert found.ulp <= (promise.f32 if kind == "f32" else promise.f64) + 0.5, found


@pytest.mark.parametrize("kind", ["f32", "f64"])
def test_yn_below_its_order(library: HostLibrary, kind: str) -> None:
    """CUDA bounds f32 alone; f64 is held to the same growth."""
    for order, worst in yn_below_its_order(library, kind, (2, 3, 8, 31, 128), 60):
        assert worst <= math.ceil(2 + 2.5 * order) + 0.5, (order, worst)


@pytest.mark.parametrize("promise", FAST_PROMISES, ids=lambda promise: promise.name)
def test_fast_functions_are_within_cudas_bound(library: HostLibrary, promise: FastPromise) -> None:
    found = measure_fast(library, promise, 100_000)
    assert found.share <= 1, found


@pytest.fixture(scope="module")
def sweeper(tmp_path_factory: pytest.TempPathFactory) -> Sweeper:
    return Sweeper(tmp_path_factory.mktemp("sweep"))


@pytest.mark.parametrize("promise", SWEPT, ids=lambda promise: promise.name)
def test_sample_of_the_sweep(sweeper: Sweeper, promise: Promise) -> None:
    """One block of 4096 neighbours in 997: vectors of the functions, where LLVM makes them, against f64."""
    found = sweeper.sweep(promise, 997)
    assert found.patterns > 4_000_000
    assert found.ulp <= promise.f32 + 0.5, found
    if promise.absolute:
        assert found.absolute <= promise.absolute[0]
