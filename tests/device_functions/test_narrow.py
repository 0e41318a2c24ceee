"""FP8, FP6 and FP4: every conversion against tables of the formats, over all 16-bit inputs and around every rounding boundary."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.device_functions.formats import BFLOAT16, E2M1, E2M3, E3M2, E4M3, E5M2, FLOAT16
from tests.device_functions.runner import Call

FORMATS = {"fp8": [E4M3, E5M2], "fp6": [E2M3, E3M2], "fp4": [E2M1]}
HEADERS = ["cuda_fp8.h", "cuda_fp6.h", "cuda_fp4.h"]
ROUNDING = {"rn": "cudaRoundNearest", "rz": "cudaRoundZero", "ru": "cudaRoundPosInf"}
SOURCES = {"float": "float", "double": "double", "halfraw": "__half_raw", "bfloat16raw": "__nv_bfloat16_raw"}
ALL_16_BITS = np.arange(65536, dtype="u2")


def _encodings():
    """(format, source, rounding, saturates, expression)."""
    for family, formats in FORMATS.items():
        for one in formats:
            for source in SOURCES:
                head = f"__nv_cvt_{source}_to_{family}(a, "
                if family == "fp8":
                    for saturation in ("__NV_NOSAT", "__NV_SATFINITE"):
                        yield one, source, "rn", saturation == "__NV_SATFINITE", f"{head}{saturation}, __NV_{one.name.upper()})"
                else:
                    for mode in ("rn", "rz"):
                        yield one, source, mode, True, f"{head}__NV_{one.name.upper()}, {ROUNDING[mode]})"


ENCODINGS = list(_encodings())


def _boundaries(one):
    """Every value and midpoint of the format, the neighbours of each, both signs."""
    values = np.concatenate([one.magnitudes, (one.magnitudes[1:] + one.magnitudes[:-1]) / 2])
    return np.concatenate([values, -values])


def _inputs(one, source):
    if source == "halfraw":
        return ALL_16_BITS, FLOAT16.decode(ALL_16_BITS)
    if source == "bfloat16raw":
        return ALL_16_BITS, BFLOAT16.decode(ALL_16_BITS)
    random = np.random.default_rng(6)
    kind = np.dtype("f4" if source == "float" else "f8")
    exact = _boundaries(one).astype(kind)
    around = [np.nextafter(exact, kind.type(limit)) for limit in (-np.inf, np.inf)]
    bits = random.integers(0, 2**64, 200_000, dtype="u8").astype(f"u{kind.itemsize}").view(kind)
    near_one = random.uniform(-600, 600, 100_000).astype(kind)
    special = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, np.finfo(kind).max, np.finfo(kind).smallest_subnormal], kind)
    columns = np.concatenate([exact, *around, bits, near_one, special])
    with np.errstate(invalid="ignore"):  # signalling NaNs
        return columns, columns.astype("f8")


def _same_codes(one, result, expected, values):
    if one.nan is None:
        return result == expected
    nan = np.isnan(one.decode(result)) & np.isnan(one.decode(expected))
    return np.where(np.isnan(values), nan, result == expected)


@pytest.fixture(scope="module", params=["device", "host"])
def conversions(request, make_program):
    """A program for ENCODINGS."""
    calls = [Call("unsigned char", (SOURCES[source],), expression, request.param == "host")
             for _, source, _, _, expression in ENCODINGS]
    return make_program("narrow", calls, headers=HEADERS)


def test_encodings(conversions):
    inputs = [_inputs(one, source) for one, source, *_ in ENCODINGS]
    results = conversions.run([(i, [bits]) for i, (bits, _) in enumerate(inputs)])
    for (one, _, mode, saturate, expression), (bits, values), result in zip(ENCODINGS, inputs, results, strict=True):
        expected = one.encode(values, mode, saturate=saturate)
        wrong = np.flatnonzero(~_same_codes(one, result, expected, values))
        assert not len(wrong), f"{expression}: {bits[wrong[0]]} gives {result[wrong[0]]:#x}, not {expected[wrong[0]]:#x}"


@pytest.mark.parametrize("on_host", [False, True])
def test_decodings(make_program, on_host):
    cases = [(family, one) for family, formats in FORMATS.items() for one in formats]
    calls = [Call("__half_raw", ("unsigned char",), f"__nv_cvt_{family}_to_halfraw(a, __NV_{one.name.upper()})", on_host)
             for family, one in cases]
    codes = np.arange(256, dtype="u1")
    results = make_program("decode", calls, headers=HEADERS).run([(i, [codes]) for i in range(len(calls))])
    for (_, one), result in zip(cases, results, strict=True):
        expected, got = one.decode(codes), FLOAT16.decode(result)
        assert np.array_equal(got, expected, equal_nan=True)
        assert np.array_equal(np.signbit(got[expected == 0]), np.signbit(expected[expected == 0]))


PAIR_TYPES = {"float2": "float2", "halfraw2": "__half2_raw", "bfloat16raw2": "__nv_bfloat162_raw"}


def test_pairs_are_two_singles(make_program):
    """The first element goes to the low bits."""
    random = np.random.default_rng(7)
    calls, expected_bits = [], []
    for family, formats in FORMATS.items():
        bits = 4 if family == "fp4" else 8
        for one in formats:
            last = ", __NV_SATFINITE, " if family == "fp8" else ", "
            tail = f"{last}__NV_{one.name.upper()}" + ("" if family == "fp8" else ", cudaRoundNearest")
            for source, kind in PAIR_TYPES.items():
                single = source.removesuffix("2")
                split = f"__cw::bits_as<{SOURCES[single]}>"
                both = (f"__nv_cvt_{single}_to_{family}({split}(a.x){tail}) | "
                        f"__nv_cvt_{single}_to_{family}({split}(a.y){tail}) << {bits}")
                calls.append(Call("bool", (kind,), f"__nv_cvt_{source}_to_{family}x2(a{tail}) == ({both})"))
                expected_bits.append(kind)
            decode = f"__nv_cvt_{family}x2_to_halfraw2((__nv_{family}x2_storage_t)a, __NV_{one.name.upper()})"
            mask = (1 << bits) - 1
            single = f"__nv_cvt_{family}_to_halfraw((a >> %d) & {mask}, __NV_{one.name.upper()}).x"
            calls.append(Call("bool", ("unsigned short",),
                              f"{decode}.x == {single % 0} && {decode}.y == {single % bits}"))
            expected_bits.append("unsigned short" if family != "fp4" else "unsigned char")
    columns = {"float2": random.normal(0, 20, (5000, 2)).astype("f4"), "unsigned short": ALL_16_BITS,
               "unsigned char": np.arange(256, dtype="u2")}
    packed = random.integers(0, 2**32, 20000, dtype="u4")
    results = make_program("pairs", calls, headers=HEADERS).run(
        [(i, [columns.get(kind, packed)]) for i, kind in enumerate(expected_bits)])
    for call, result in zip(calls, results, strict=True):
        assert result.all(), call.expression


@pytest.mark.parametrize("on_host", [False, True])
def test_scales(make_program, on_host):
    """e8m0: the power of two below or above a magnitude."""
    modes, saturations = ("rz", "ru"), ("__NV_NOSAT", "__NV_SATFINITE")
    cases = list(itertools.product(("float", "double", "bfloat16raw"), modes, saturations))
    calls = [Call("unsigned char", (SOURCES[source],), f"__nv_cvt_{source}_to_e8m0(a, {saturation}, {ROUNDING[mode]})", on_host)
             for source, mode, saturation in cases]
    calls.append(Call("__nv_bfloat16_raw", ("unsigned char",), "__nv_cvt_e8m0_to_bf16raw(a)", on_host))
    program = make_program("e8m0", calls, headers=HEADERS)
    random = np.random.default_rng(8)
    powers = np.ldexp(1.0, np.arange(-140, 130))
    inputs = []
    for source, _, _ in cases:
        if source == "bfloat16raw":
            inputs.append((ALL_16_BITS, BFLOAT16.decode(ALL_16_BITS)))
            continue
        kind = np.dtype("f4" if source == "float" else "f8")
        with np.errstate(all="ignore"):
            exact = powers.astype(kind)
            bits = random.integers(0, 2**64, 50_000, dtype="u8").astype(f"u{kind.itemsize}").view(kind)
            special = np.array([0, np.inf, -np.inf, np.nan, np.finfo(kind).max], kind)
            beside = [np.nextafter(exact, kind.type(0)), np.nextafter(exact, kind.type(9e30))]
            column = np.concatenate([exact, -exact, *beside, bits, special])
            inputs.append((column, column.astype("f8")))
    codes = np.arange(256, dtype="u1")
    *results, decoded = program.run([(i, [bits]) for i, (bits, _) in enumerate(inputs)] + [(len(cases), [codes])])
    for (source, mode, saturation), (bits, values), result in zip(cases, inputs, results, strict=True):
        expected = np.array([_scale(float(v), mode, saturation == "__NV_SATFINITE") for v in values])
        wrong = np.flatnonzero(result != expected)
        assert not len(wrong), f"{source} {mode} {saturation} {bits[wrong[0]]}: {result[wrong[0]]}, not {expected[wrong[0]]}"
    assert np.array_equal(BFLOAT16.decode(decoded), [*np.ldexp(1.0, np.arange(-127, 128)), np.nan], equal_nan=True)


def _scale(value, mode, saturate):
    if np.isnan(value):
        return 255
    if np.isinf(value):
        return 254 if saturate else 255
    if value == 0:
        return 0
    fraction, exponent = np.frexp(abs(value))
    code = int(exponent) - 1 + 127 + (mode == "ru" and fraction != 0.5)
    if code > 254:
        return 254 if saturate or mode == "rz" else 255
    return max(code, 0)
