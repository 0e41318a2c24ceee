"""__half and __nv_bfloat16: conversions, arithmetic, comparisons, functions, and the pair forms, on the device and on the host."""

from __future__ import annotations

import numpy as np
import pytest

from tests.device_functions.formats import BFLOAT16, FLOAT16, two_sum
from tests.device_functions.runner import DTYPES, Call

HEADERS = ["cuda_fp16.h", "cuda_bf16.h"]
FORMATS = [FLOAT16, BFLOAT16]
ALL_16_BITS = np.arange(65536, dtype="u2")
MODES = ("rn", "rz", "ru", "rd")
INTEGERS = {"short": "short", "ushort": "unsigned short", "int": "int", "uint": "unsigned int", "ll": "long long",
            "ull": "unsigned long long"}  # fmt: skip


def _class(one):
    return "__half" if one is FLOAT16 else "__nv_bfloat16"


def _bits_differ(one, result, expected):
    nan = np.isnan(one.decode(result)) & np.isnan(one.decode(expected))
    return np.flatnonzero(~(nan | (result == expected)))


def _check(one, text, columns, result, expected):
    wrong = _bits_differ(one, result, expected) if result.dtype == "u2" else np.flatnonzero(result != expected)
    if len(wrong):
        i = wrong[0]
        arguments = ", ".join(f"{column[i]:#x}" if column.dtype.kind in "iu" else str(column[i]) for column in columns)
        raise AssertionError(f"{one.name} {text} of {arguments}: {result[i]:#x}, not {expected[i]:#x}; {len(wrong)} differ")


@pytest.fixture(scope="module", params=["device", pytest.param("host", marks=pytest.mark.slow)])
def on_host(request):
    """Where the functions run; all of these exist for both."""
    return request.param == "host"


def _float_inputs(one, kind):
    random = np.random.default_rng(9)
    exact = np.concatenate([one.magnitudes, (one.magnitudes[1:] + one.magnitudes[:-1]) / 2])
    with np.errstate(over="ignore"):
        exact = np.concatenate([exact, -exact]).astype(kind)
    around = [np.nextafter(exact, np.dtype(kind).type(limit)) for limit in (-np.inf, np.inf)]
    bits = random.integers(0, 2**64, 100_000, dtype="u8").astype(f"u{np.dtype(kind).itemsize}").view(kind)
    return np.concatenate([exact, *around, bits, np.array([np.inf, -np.inf, np.nan, 0.0, -0.0], kind)])


def test_from_floating_point(make_program, on_host):
    cases = [(one, kind, mode) for one in FORMATS for kind, mode in [*(("float", m) for m in MODES), ("double", "rn")]]
    calls = [Call(_class(one), (kind,), f"__{kind}2{one.name}" + (f"_{mode}(a)" if kind == "float" else "(a)"), on_host)
             for one, kind, mode in cases]
    inputs = [_float_inputs(one, DTYPES[kind]) for one, kind, _ in cases]
    results = make_program("from_float", calls, headers=HEADERS).run([(i, [column]) for i, column in enumerate(inputs)])
    for (one, _, mode), call, column, result in zip(cases, calls, inputs, results, strict=True):
        with np.errstate(invalid="ignore"):
            _check(one, call.expression, [column], result, one.encode(column.astype("f8"), mode))


def _integer_inputs(kind):
    bits = 8 * np.dtype(kind).itemsize
    random = np.random.default_rng(10)
    offsets = [(p, d) for p in range(bits) for d in (-2, -1, 0, 1, 2, 2 ** max(p - 9, 0), 2 ** max(p - 12, 0))]
    powers = [sign * (2**p + d) for p, d in offsets for sign in (1, -1)]
    drawn = [int(v) >> int(random.integers(0, bits)) for v in random.integers(0, 2**64, 3000, dtype="u8")]
    wrapped = np.array([v & (1 << bits) - 1 for v in powers + drawn], f"u{bits // 8}")
    return wrapped.view(kind)


def test_from_integers(make_program, on_host):
    cases = [(one, word, mode) for one in FORMATS for word in INTEGERS for mode in MODES]
    calls = [Call(_class(one), (INTEGERS[word],), f"__{word}2{one.name}_{mode}(a)", on_host) for one, word, mode in cases]
    calls += [Call(_class(one), (INTEGERS[word],), f"{_class(one)}(a)", on_host) for one in FORMATS for word in INTEGERS]
    cases += [(one, word, "rn") for one in FORMATS for word in INTEGERS]
    inputs = [_integer_inputs(DTYPES[INTEGERS[word]]) for _, word, _ in cases]
    results = make_program("from_integer", calls, headers=HEADERS).run([(i, [column]) for i, column in enumerate(inputs)])
    for (one, _, mode), call, column, result in zip(cases, calls, inputs, results, strict=True):
        rounded = column.astype("f8")
        error = np.array([float(int(v) - int(r)) for v, r in zip(column, rounded, strict=True)])
        _check(one, call.expression, [column], result, one.encode(rounded, mode, error=error))


def _as_integers(values, mode, dtype):
    info = np.iinfo(dtype)
    of_nan = info.min if info.bits == 64 and info.min else 1 << 63 if info.bits == 64 else 0
    rounded = {"rn": np.rint, "rz": np.trunc, "ru": np.ceil, "rd": np.floor}[mode](np.clip(values, -1e30, 1e30))
    return np.array([of_nan if np.isnan(v) else min(max(int(v), info.min), info.max) for v in rounded], dtype)


def test_to_numbers(make_program, on_host):
    """Out of range gives the nearest bound; NaN 0, or 1 << 63 as a 64-bit integer."""
    cases = [(one, word, mode) for one in FORMATS for word in INTEGERS for mode in MODES]
    cases += [(one, word, "rz") for one in FORMATS for word in ("char", "uchar")]
    types = {**INTEGERS, "char": "signed char", "uchar": "unsigned char"}
    calls = [Call(types[word], (_class(one),), f"__{one.name}2{word}_{mode}(a)", on_host) for one, word, mode in cases]
    calls += [Call("float", (_class(one),), f"__{one.name}2float(a)", on_host) for one in FORMATS]
    results = make_program("to_number", calls, headers=HEADERS).run([(i, [ALL_16_BITS]) for i in range(len(calls))])
    for (one, _, mode), call, result in zip(cases, calls, results, strict=False):
        unsigned = f"u{result.dtype.itemsize}"
        expected = _as_integers(one.decode(ALL_16_BITS), mode, result.dtype).view(unsigned)
        np.testing.assert_array_equal(result.view(unsigned), expected, call.expression)
    for one, result in zip(FORMATS, results[-2:], strict=True):
        assert np.array_equal(result, one.decode(ALL_16_BITS), equal_nan=True)


def _operands(one):
    random = np.random.default_rng(11)
    codes = [0, 1, 2, one.largest, one.largest - 1, one.infinity, one.nan, 0x3c00, 0x3f80, 0x4000, 1 << one.mantissa_bits]
    special = np.array([c | s for c in codes for s in (0, one.sign)], "u2")
    a, b = (grid.ravel() for grid in np.meshgrid(special, special))
    near = random.integers(0, 65536, 20000, dtype="u2")
    shifted = (near ^ random.integers(0, 4096, 20000, dtype="u2")).astype("u2")
    a = np.concatenate([a, near, random.integers(0, 65536, 20000, dtype="u2")])
    b = np.concatenate([b, shifted, near[::-1]])
    return a, b, np.resize(np.roll(np.concatenate([special, near]), 5), len(a))


def _exact(one, name, a, b, c):
    """`(value, error)` of the exact result, as float64."""
    with np.errstate(all="ignore"):
        if name == "add":
            return two_sum(a, b)
        if name == "sub":
            return two_sum(a, -b)
        if name == "mul":
            return a * b, 0.0
        if name == "div":
            return a / b, 0.0  # 53 bits are enough to round twice: Figueroa, "When is double rounding innocuous?"
        return two_sum(a * b, c)


def _saturated(one, codes):
    values = one.decode(codes)
    return np.where(values > 0, np.where(values < 1, codes, one.encode(np.array([1.0]))[0]), 0)


def _rectified(one, codes):
    return np.where(one.decode(codes) <= 0, 0, codes)


def test_arithmetic(make_program, on_host):
    names = [("add", "__hadd"), ("sub", "__hsub"), ("mul", "__hmul"), ("div", "__hdiv"), ("fma", "__hfma")]
    finish = {"": lambda one, codes: codes, "_rn": lambda one, codes: codes, "_sat": _saturated, "_relu": _rectified}
    allowed = {"div": ("",), "fma": ("", "_sat", "_relu")}
    cases = [(one, name, function, suffix) for one in FORMATS for name, function in names
             for suffix in allowed.get(name, ("", "_rn", "_sat"))]
    calls = [Call(_class(one), (_class(one),) * (3 if name == "fma" else 2),
                  f"{function}{suffix}(a, b{', c' if name == 'fma' else ''})", on_host) for one, name, function, suffix in cases]
    operands = {one.name: _operands(one) for one in FORMATS}
    work = [(i, operands[one.name][:3 if name == "fma" else 2]) for i, (one, name, *_) in enumerate(cases)]
    results = make_program("arithmetic", calls, headers=HEADERS).run(work)
    for (one, name, _, suffix), call, (_, columns), result in zip(cases, calls, work, results, strict=True):
        value, error = _exact(one, name, *(one.decode(column) for column in operands[one.name]))
        _check(one, call.expression, columns, result, finish[suffix](one, one.encode(value, error=error)))


COMPARISONS = {"eq": np.equal, "ne": np.not_equal, "lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal}


def test_comparisons(make_program, on_host):
    cases = [(one, name, unordered) for one in FORMATS for name in COMPARISONS for unordered in ("", "u")]
    calls = [Call("bool", (_class(one),) * 2, f"__h{name}{unordered}(a, b)", on_host) for one, name, unordered in cases]
    operands = {one.name: _operands(one)[:2] for one in FORMATS}
    work = [(i, operands[one.name]) for i, (one, *_) in enumerate(cases)]
    results = make_program("comparisons", calls, headers=HEADERS).run(work)
    for (one, name, unordered), call, result in zip(cases, calls, results, strict=True):
        a, b = (one.decode(column) for column in operands[one.name])
        either_nan = np.isnan(a) | np.isnan(b)
        expected = np.where(either_nan, unordered == "u", COMPARISONS[name](a, b))
        _check(one, call.expression, operands[one.name], result, expected.astype("u1"))


def test_minimum_and_maximum(make_program, on_host):
    """-0 is less than +0; a NaN loses, or wins with `_nan`."""
    cases = [(one, name, suffix) for one in FORMATS for name in ("min", "max") for suffix in ("", "_nan")]
    calls = [Call(_class(one), (_class(one),) * 2, f"__h{name}{suffix}(a, b)", on_host) for one, name, suffix in cases]
    operands = {one.name: _operands(one)[:2] for one in FORMATS}
    work = [(i, operands[one.name]) for i, (one, *_) in enumerate(cases)]
    results = make_program("extremes", calls, headers=HEADERS).run(work)
    for (one, name, suffix), call, result in zip(cases, calls, results, strict=True):
        a, b = operands[one.name]
        # Sign and magnitude in one order: the codes of negative values count down.
        order = [np.where(c & one.sign, ~c.astype("i4") & 0xffff, c.astype("i4") | 0x10000) for c in (a, b)]
        a_wins = (order[0] <= order[1]) if name == "min" else (order[0] >= order[1])
        nan = [np.isnan(one.decode(c)) for c in (a, b)]
        best = np.where(nan[0], b, np.where(nan[1], a, np.where(a_wins, a, b)))
        expected = np.where(nan[0] | nan[1], one.nan, best) if suffix else best
        _check(one, call.expression, [a, b], result, expected)


PAIRS = [f"__h{name}2{suffix}" for name in ("add", "sub", "mul") for suffix in ("", "_rn", "_sat")]
PAIRS += ["__h2div", "__hmin2", "__hmax2", "__hmin2_nan", "__hmax2_nan"]


def test_pair_forms_are_two_scalars(make_program, on_host):
    def scalar(name, *arguments):
        plain = "__hdiv" if name == "__h2div" else name.replace("2", "", 1)
        parts = {part: ", ".join(f"{x}.{part}" for x in arguments) for part in "xy"}
        return " && ".join(f"same({plain}({own}), {name}({', '.join(arguments)}).{part})" for part, own in parts.items())
    unary = [(name, ("a",)) for name in ("__hneg2", "__habs2")]
    three = [(name, ("a", "b", "c")) for name in ("__hfma2", "__hfma2_sat", "__hfma2_relu")]
    checks = [scalar(name, *arguments) for name, arguments in [*unary, *((name, ("a", "b")) for name in PAIRS), *three]]
    for name in COMPARISONS:
        for u in ("", "u"):
            single = [f"__h{name}{u}(a.{part}, b.{part})" for part in "xy"]
            checks += [f"((float)__h{name}{u}2(a, b).x == {single[0]} && (float)__h{name}{u}2(a, b).y == {single[1]})",
                       f"__h{name}{u}2_mask(a, b) == ({single[0]} ? 0xffffu : 0u) + ({single[1]} ? 0xffff0000u : 0u)",
                       f"__hb{name}{u}2(a, b) == ({single[0]} && {single[1]})"]
    checks += ["(float)__hisnan2(a).x == __hisnan(a.x) && (float)__hisnan2(a).y == __hisnan(a.y)",
               "same(__hcmadd(a, b, c).x, __hfma(__hneg(a.y), b.y, __hfma(a.x, b.x, c.x)))",
               "same(__hcmadd(a, b, c).y, __hfma(a.y, b.x, __hfma(a.x, b.y, c.y)))"]
    prelude = """
template <class T>
__host__ __device__ bool same(T a, T b) {
  return __cw::bits(a) == __cw::bits(b) || (__hisnan(a) && __hisnan(b));
}"""
    kinds = ["__half2", "__nv_bfloat162"]
    calls = [Call("bool", (kind,) * 3, f"({check})", on_host) for kind in kinds for check in checks]
    random = np.random.default_rng(12)
    columns = [random.integers(0, 2**32, 4000, dtype="u4") for _ in range(3)]
    columns[1][:500] = columns[0][:500]
    columns[1][500:700] = columns[0][500:700] ^ np.uint32(0x80008000)
    results = make_program("pair_forms", calls, headers=HEADERS, prelude=prelude).run([(i, columns) for i in range(len(calls))])
    for call, result in zip(calls, results, strict=True):
        assert result.all(), f"{call.parameters[0]}: {call.expression} of {[hex(c[np.argmin(result)]) for c in columns]}"


# The largest distance in codes from the correctly rounded result.
FUNCTIONS = {
    "sqrt": (np.sqrt, 0), "rsqrt": (lambda x: 1 / np.sqrt(x), 1), "rcp": (lambda x: 1 / x, 1), "exp": (np.exp, 1),
    "exp2": (np.exp2, 1), "exp10": (lambda x: 10.0**x, 1), "log": (np.log, 1), "log2": (np.log2, 1), "log10": (np.log10, 1),
    "sin": (np.sin, 1), "cos": (np.cos, 1), "tanh": (np.tanh, 1),
    "ceil": (np.ceil, 0), "floor": (np.floor, 0), "trunc": (np.trunc, 0), "rint": (np.rint, 0),
}  # fmt: skip


def test_functions(make_program):
    cases = [(one, name) for one in FORMATS for name in FUNCTIONS]
    calls = [Call(_class(one), (_class(one),), f"h{name}(a)") for one, name in cases]
    results = make_program("functions", calls, headers=HEADERS).run([(i, [ALL_16_BITS]) for i in range(len(calls))])
    for (one, name), result in zip(cases, results, strict=True):
        function, allowed = FUNCTIONS[name]
        with np.errstate(all="ignore"):
            values = function(one.decode(ALL_16_BITS))
        expected = one.encode(values)
        distance = np.abs(expected.astype("i8") - result.astype("i8"))
        nan = np.isnan(one.decode(result)) & np.isnan(values)
        wrong = np.flatnonzero(~nan & (distance > allowed))
        assert not len(wrong), (one.name, name, hex(wrong[0]), hex(result[wrong[0]]), hex(expected[wrong[0]]), len(wrong))
