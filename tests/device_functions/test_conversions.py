"""Conversions between float, double and integers in the four rounding modes, and casts of bits, against exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.device_functions.runner import DTYPES, Call, call_of, check
from tests.device_functions.values import columns, drawn_bits

MODES = ("rn", "rz", "ru", "rd")
INTEGERS = {"int": "int", "uint": "unsigned int", "ll": "long long", "ull": "unsigned long long"}
FLOATS = {"float": np.float32, "double": np.float64}
ROUNDS = {"rn": np.rint, "rz": np.trunc, "ru": np.ceil, "rd": np.floor}


def to_integer(value, mode, dtype):
    """Out of range gives the nearest bound; NaN 0, or 1 << 63 as a 64-bit integer."""
    info = np.iinfo(dtype)
    if np.isnan(value):
        return 0 if info.bits == 32 else (1 << 63 if info.min == 0 else info.min)
    bounded = np.float64(np.clip(np.float64(value), -1e25, 1e25))
    return min(max(int(ROUNDS[mode](bounded)), info.min), info.max)


def to_float(value, mode, kind):
    """An exact number as a float, rounded by `mode`; `value` is an int or a float64."""
    if not isinstance(value, int) and not np.isfinite(value):
        return kind(value)
    with np.errstate(over="ignore"):
        nearest = kind(value)
    nearest_exact = Fraction(float(nearest)) if np.isfinite(nearest) else None
    exact = Fraction(value)
    if nearest_exact == exact or mode == "rn":
        return nearest
    above = nearest > 0 if nearest_exact is None else nearest_exact > exact
    towards_up = mode == "ru" or (mode == "rz" and exact < 0)
    if above == towards_up:
        return nearest
    return np.nextafter(nearest, kind(np.inf if towards_up else -np.inf), dtype=kind)


def _joined(high, low):
    return np.array(int(high) << 32 | int(low) & 0xffffffff, "i8").view("f8")[()]


def _functions():
    for mode in MODES:
        for source, kind in FLOATS.items():
            for word, integer in INTEGERS.items():
                yield (integer, f"__{source}2{word}_{mode}", source), lambda v, m=mode, d=DTYPES[integer]: to_integer(v, m, d)
            for word, integer in INTEGERS.items():
                if source == "float" or word in ("ll", "ull"):
                    yield (source, f"__{word}2{source}_{mode}", integer), lambda v, m=mode, k=kind: to_float(int(v), m, k)
        yield ("float", f"__double2float_{mode}", "double"), lambda v, m=mode: to_float(np.float64(v), m, np.float32)
    yield ("double", "__int2double_rn", "int"), np.float64
    yield ("double", "__uint2double_rn", "unsigned int"), np.float64
    for integer, name, source in (("int", "float", "float"), ("unsigned int", "float", "float"), ("long long", "double", "double")):
        word = {"int": "int", "unsigned int": "uint", "long long": "longlong"}[integer]
        yield (integer, f"__{name}_as_{word}", source), lambda v, d=DTYPES[integer]: v.view(d)
        yield (source, f"__{word}_as_{name}", integer), lambda v, d=DTYPES[source]: v.view(d)
    yield ("int", "__double2hiint", "double"), lambda v: np.int32(v.view("i8") >> 32)
    yield ("int", "__double2loint", "double"), lambda v: v.view("u8").astype("u4").view("i4")
    yield ("double", "__hiloint2double", "int", "int"), _joined
    yield ("float", "__saturatef", "float"), lambda v: np.float32(0) if np.isnan(v) or v <= 0 else min(v, np.float32(1))


FUNCTIONS = list(_functions())


@pytest.fixture(scope="module")
def program(make_program):
    return make_program("conversions", [call_of(*signature) for signature, _ in FUNCTIONS])


@settings(max_examples=3, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(drawn=drawn_bits())
def test_conversions(program, drawn):
    work = [(i, columns([DTYPES[p] for p in signature[2:]], drawn)) for i, (signature, _) in enumerate(FUNCTIONS)]
    for (number, arguments), result, (_, reference) in zip(work, program.run(work), FUNCTIONS, strict=True):
        expected = np.array([reference(*row) for row in zip(*arguments, strict=True)], result.dtype)
        check(program, number, arguments, result, expected)


OLD = [("int", "double2int", "double"), ("unsigned int", "double2uint", "double"), ("long long", "double2ll", "double"),
       ("unsigned long long", "double2ull", "double"), ("double", "ll2double", "long long"), ("double", "dadd", "double", "double"),
       ("double", "dsub", "double", "double"), ("double", "dmul", "double", "double")]  # fmt: skip
ENUM = {"rn": "cudaRoundNearest", "rz": "cudaRoundZero", "ru": "cudaRoundPosInf", "rd": "cudaRoundMinInf"}


def test_old_names_take_the_mode_as_argument(make_program):
    """The same as the names with a suffix."""
    calls = []
    for _, name, *kinds in OLD:
        own = ", ".join("ab"[:len(kinds)])
        for mode in MODES:
            text = f"__cw::bits_as<unsigned char>({name}({own}, {ENUM[mode]}) == __{name}_{mode}({own}))"
            both_nan = f"({name}({own}, {ENUM[mode]}) != {name}({own}, {ENUM[mode]}))"
            calls.append((kinds, f"{text} || {both_nan}"))
    program = make_program("old_names", [Call("bool", tuple(kinds), text) for kinds, text in calls])
    work = [(i, columns([DTYPES[kind] for kind in kinds], list(range(64)))) for i, (kinds, _) in enumerate(calls)]
    for (_, text), result in zip(calls, program.run(work), strict=True):
        assert result.all(), text
