"""Calls of all kinds, wide integers, memory functions, small floats."""

import numpy as np

from tests.targets.cpu.device_code import LOOP, Loader


def test_variadic_functions(load: Loader) -> None:
    out = np.zeros(8, np.int64)
    load("functions").launch("variadic", 1, 8, out)
    for t in range(8):
        first = t + 2 + (1 << 33) + 2 + 3 + 1 + t
        assert out[t] == first * 10 + 7 + t + 5 + t + 6 + 4 + t


def test_structs_by_value(load: Loader) -> None:
    out = np.zeros(30, np.int32)
    load("functions").launch("structs", 1, 30, out)
    for t in range(30):
        b = {(i + t) % 20: i * 100 + t for i in range(20)}
        assert out[t] == sum(i * 100 * 1000 + b[i] * i for i in range(20))


def test_recursion_without_barriers_is_a_loop(load: Loader) -> None:
    out = np.zeros(24, np.int32)
    code = load("functions")
    code.launch("recursion", 1, 24, out)
    fibonacci = [0, 1]
    for _ in range(12):
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    assert out.tolist() == [fibonacci[t % 12] for t in range(24)]
    assert code.kernels["recursion"].model == LOOP


def test_function_pointers(load: Loader) -> None:
    out = np.zeros(16, np.int32)
    load("functions").launch("pointers", 1, 16, out)
    for t in range(16):
        functions = [lambda x: 2 * x, lambda x, t=t: x + t]
        assert out[t] == functions[t % 2](t) + functions[t // 2 % 2](1)


def test_virtual_functions(load: Loader) -> None:
    out = np.zeros(16, np.int32)
    load("functions").launch("virtuals", 1, 16, out)
    assert out.tolist() == [t * 10 + 2 if t % 2 else t * t * 10 + 1 for t in range(16)]


def test_lambdas(load: Loader) -> None:
    out = np.zeros(40, np.int32)
    load("functions").launch("lambdas", 1, 40, out)
    assert out.tolist() == [10 * t for t in range(40)]


def test_wide_integers(load: Loader) -> None:
    values = np.array([1, 999, 2**40 + 12345, 2**62 + 1], np.int64)
    out = np.zeros(16, np.int64)
    load("functions").launch("wide", 1, 4, values, out)
    for t, value in enumerate(values.tolist()):
        a, b = value << 40 | 12345, value + 7
        expected = [a // b, a % b, -(a // 1000003)]
        assert out[4 * t : 4 * t + 3].tolist() == [(e + 2**63) % 2**64 - 2**63 for e in expected]
        assert abs(int(out[4 * t + 3]) - min(a / 1e6, 2**63 - 1)) <= a / 1e6 * 1e-15 + 1 or a / 1e6 >= 2**63


def test_memory_functions(load: Loader) -> None:
    data, out = np.arange(200, dtype=np.int8), np.zeros(40 * 512, np.int8)
    load("functions").launch("copies", 1, 40, data, out, 150)
    for t in range(40):
        buffer = np.full(512, 7, np.int8)
        buffer[t : t + 150] = data[:150]
        buffer[3 : 3 + 150 + t] = buffer[: 150 + t].copy()
        assert (out[t * 512 : (t + 1) * 512] == buffer).all()


def test_small_floats_and_rounding(load: Loader) -> None:
    values = np.array([0.1, -2.5, 3.5, 1000.7, 65000, -0.4], np.float32)
    out = np.zeros(18, np.float32)
    load("functions").launch("halves", 1, 6, values, out)
    with np.errstate(over="ignore"):
        half = values.astype(np.float16)
        doubled = half + half
    assert out[0::3].tolist() == doubled.astype(np.float32).tolist()
    bits = values.view(np.uint32)
    rounded = ((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000).view(np.float32)
    assert out[1::3].tolist() == (rounded * 2).tolist()
    away = np.sign(values) * np.floor(np.abs(values) + np.float32(0.5))
    fused = (values.astype(np.float64) ** 2 - 1).astype(np.float32)
    total = fused + np.floor(values)
    for term in (away, np.trunc(values), np.rint(values), np.sqrt(np.abs(values))):
        total = total + term.astype(np.float32)
    assert out[2::3].tolist() == total.tolist()


def test_empty_assembly(load: Loader) -> None:
    out = np.zeros(8, np.int32)
    load("functions").launch("assembly", 1, 8, out)
    assert out.tolist() == list(range(8))


def test_conversions_to_integers_saturate(load: Loader) -> None:
    values = np.array([0, 1.9, -1.9, 300.5, -5, 3e9, -3e9, 1e20, -1e20, np.inf, -np.inf, np.nan], np.float32)
    wide = values.astype(np.float64)
    out, out64 = np.zeros(6 * values.size, np.int32), np.zeros(2 * values.size, np.int64)
    load("functions").launch("conversions", 1, values.size, values, wide, out, out64)

    def saturated(value: float, low: int, high: int) -> int:
        return 0 if np.isnan(value) else low if value <= low else high if value >= high else int(value)

    for t, value in enumerate(values.tolist()):
        signed, unsigned = saturated(value, -(2**31), 2**31 - 1), saturated(value, 0, 2**32 - 1)
        expected = [signed, unsigned, unsigned & 255, signed & 65535, signed, int(value != 0)]
        as_int32 = [(e + 2**31) % 2**32 - 2**31 for e in expected]
        as_int32[3] = (expected[3] + 2**15) % 2**16 - 2**15
        assert out[6 * t : 6 * t + 6].tolist() == as_int32, value
        assert out64[2 * t] == saturated(value, -(2**63), 2**63 - 1)
        assert int(out64[2 * t + 1]) % 2**64 == saturated(value, 0, 2**64 - 1)


def test_attributes_that_count_arguments(load: Loader) -> None:
    out = np.zeros(40, np.int32)
    load("functions").launch("attributes", 1, 40, out)
    assert out.tolist() == [4 * t for t in range(40)]
