"""Arithmetic and conversions in the directed rounding modes are exactly what IEEE 754 and the CUDA math API say."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from crosswarp.targets.devicelib.tools.host_library import Array, HostLibrary

TYPES = {"f32": np.float32, "f64": np.float64}
MODES = ["rz", "ru", "rd"]


def numbers(dtype: type, count: int, seed: int) -> Array:
    """All magnitudes, subnormals, equal and nearby values, zeros."""
    random = np.random.default_rng(seed)
    unsigned = np.uint32 if dtype is np.float32 else np.uint64
    drawn = random.integers(0, 2 ** (8 * dtype().nbytes), count, dtype=np.uint64).astype(unsigned).view(dtype)
    moderate = random.normal(size=count).astype(dtype) * dtype(8)
    tiny = random.integers(0, 1000, count).astype(unsigned).view(dtype)
    special = np.array([0.0, -0.0, 1.0, -1.0, np.finfo(dtype).max, np.finfo(dtype).tiny, -np.finfo(dtype).max], dtype)
    every = np.concatenate([drawn, moderate, tiny, random.choice(special, count)])
    return random.permutation(every[np.isfinite(every)])[:count]


def below(exact: Fraction, dtype: type) -> float:
    """The largest number of the type that is not above `exact`, minus infinity below all of them."""
    largest = Fraction(float(np.finfo(dtype).max))
    if exact >= largest:
        return float(largest)
    if exact < -largest:
        return -math.inf
    with np.errstate(over="ignore"):
        near = dtype(float(exact)) if abs(exact) < Fraction(2) ** 1024 else dtype(math.copysign(largest, exact))
    while not math.isfinite(near) or Fraction(float(near)) > exact:
        near = np.nextafter(near, dtype(-np.inf))
    while Fraction(float(np.nextafter(near, dtype(np.inf)))) <= exact:
        near = np.nextafter(near, dtype(np.inf))
    return float(near)


def rounded(exact: Fraction, mode: str, dtype: type) -> float:
    down = below(exact, dtype)
    up = -below(-exact, dtype)
    return {"rd": down, "ru": up, "rz": down if exact > 0 else up}[mode]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize("operation", ["add", "mul", "div", "fma"])
def test_arithmetic(library: HostLibrary, operation: str, kind: str, mode: str) -> None:
    dtype = TYPES[kind]
    columns = [numbers(dtype, 600, seed) for seed in range(3 if operation == "fma" else 2)]
    results = library.call(f"__cw.math.{operation}.{mode}.{kind}", *columns)[0]
    exact = {"add": lambda a, b: a + b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b, "fma": lambda a, b, c: a * b + c}
    checked = 0
    for got, *values in zip(results, *columns, strict=True):
        fractions = [Fraction(float(v)) for v in values]
        if operation == "div" and not fractions[1]:
            continue
        value = exact[operation](*fractions)
        checked += 1
        assert float(got) == rounded(value, mode, dtype), (operation, mode, values)
    assert checked > 400


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", list(TYPES))
def test_square_root(library: HostLibrary, kind: str, mode: str) -> None:
    dtype = TYPES[kind]
    values = np.abs(numbers(dtype, 1000, 5))
    for got, value in zip(library.call(f"__cw.math.sqrt.{mode}.{kind}", values)[0], values, strict=True):
        exact, root = Fraction(float(value)), Fraction(float(got))
        if mode == "ru":
            assert root**2 >= exact
            assert not root or Fraction(float(np.nextafter(got, dtype(0)))) ** 2 < exact
        else:
            assert root**2 <= exact < Fraction(float(np.nextafter(got, dtype(np.inf)))) ** 2


@pytest.mark.parametrize(("mode", "zero_is_negative"), [("rz", False), ("ru", False), ("rd", True)])
def test_sign_of_an_exact_zero_sum(library: HostLibrary, mode: str, zero_is_negative: bool) -> None:
    a = np.array([1.5, 0.0, -0.0, -0.0])
    b = np.array([-1.5, -0.0, 0.0, -0.0])
    signs = np.signbit(library.call(f"__cw.math.add.{mode}.f64", a, b)[0])
    assert signs.tolist() == [zero_is_negative, zero_is_negative, zero_is_negative, True]


def test_reciprocal_square_root_rounds_to_nearest(library: HostLibrary) -> None:
    values = np.abs(numbers(np.float32, 3000, 9))
    values = values[values > 0]
    for got, value in zip(library.call("__cw.math.rsqrt.rn.f32", values)[0], values, strict=True):
        x = Fraction(float(value))
        low = (Fraction(float(np.nextafter(got, np.float32(0)))) + Fraction(float(got))) / 2
        high = (Fraction(float(np.nextafter(got, np.float32(np.inf)))) + Fraction(float(got))) / 2
        assert low**2 * x <= 1 <= high**2 * x


INTEGERS = {"i32": (np.int32, -(2**31), 2**31 - 1), "u32": (np.uint32, 0, 2**32 - 1),
            "i64": (np.int64, -(2**63), 2**63 - 1), "u64": (np.uint64, 0, 2**64 - 1)}  # fmt: skip
TO_INTEGER = {"rn": round, "rz": math.trunc, "ru": math.ceil, "rd": math.floor}


@pytest.mark.parametrize("mode", list(TO_INTEGER))
@pytest.mark.parametrize("source", list(TYPES))
@pytest.mark.parametrize("target", list(INTEGERS))
def test_to_integer(library: HostLibrary, target: str, source: str, mode: str) -> None:
    _, low, high = INTEGERS[target]
    near = [bound + step for bound in (low, high) for step in (-1.5, -1, -0.5, 0, 0.5, 1)]
    values = np.concatenate([numbers(TYPES[source], 500, 11), np.array(near), np.array([0.5, 1.5, 2.5, -0.5, -2.5])])
    values = np.concatenate([values.astype(TYPES[source]), np.array([np.inf, -np.inf], TYPES[source])])
    for got, value in zip(library.call(f"__cw.cvt.{target}.{mode}.{source}", values)[0], values, strict=True):
        if math.isinf(value):
            assert int(got) == (high if value > 0 else low)
        else:
            assert int(got) == min(max(TO_INTEGER[mode](Fraction(float(value))), low), high), value
    nan = library.call(f"__cw.cvt.{target}.{mode}.{source}", np.array([np.nan], TYPES[source]))[0][0]
    assert int(nan) % 2**64 == (2**63 if target.endswith("64") else 0)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("target", "source"), [("f32", i) for i in INTEGERS] + [("f64", "i64"), ("f64", "u64")])
def test_from_integer(library: HostLibrary, target: str, source: str, mode: str) -> None:
    dtype, low, high = INTEGERS[source]
    random = np.random.default_rng(3)
    shifts = random.integers(0, 64, 500)
    drawn = [int(v) >> int(s) for v, s in zip(random.integers(0, 2**64, 500, dtype=np.uint64), shifts, strict=True)]
    values = [low, high, 0, 1, high - 1, *(v for d in drawn for v in (d, -d) if low <= v <= high)]
    for got, value in zip(library.call(f"__cw.cvt.{target}.{mode}.{source}", np.array(values, dtype))[0], values, strict=True):
        assert float(got) == rounded(Fraction(value), mode, TYPES[target]), value


@pytest.mark.parametrize("mode", MODES)
def test_narrowing(library: HostLibrary, mode: str) -> None:
    near = numbers(np.float32, 500, 21).astype(np.float64) * (1 + 2.0**-40)
    values = np.concatenate([near, numbers(np.float64, 500, 22)])
    for got, value in zip(library.call(f"__cw.cvt.f32.{mode}.f64", values)[0], values, strict=True):
        assert float(got) == rounded(Fraction(float(value)), mode, np.float32), value
