"""Atomics: what each gives back and leaves behind, in global and shared memory, and that no update is lost between threads."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.device_functions.formats import BFLOAT16, FLOAT16
from tests.device_functions.runner import DEVICE, DTYPES, TARGETS, Call, check, environment, same
from tests.device_functions.values import columns, drawn_bits

I32, U32, I64, U64 = "int", "unsigned int", "long long", "unsigned long long"
SUFFIXES = ("", "_block", "_system")
OPTIONS = ("-arch=sm_90",)
# Own cells: the old value, and the new one, of an operation on a cell that holds `a`.
PRELUDE = """
#include <cuda_fp16.h>
#include <cuda_bf16.h>
template <class T>
__device__ T cells[1 << 16];
__device__ unsigned own_index() { return blockIdx.x * blockDim.x + threadIdx.x; }
template <class T, class F>
__device__ T old_value(T a, F f) {
  T *cell = &cells<T>[own_index()];
  *cell = a;
  return f(cell);
}
template <class T, class F>
__device__ T new_value(T a, F f) {
  __shared__ T block_cells[128];
  T *cell = &block_cells[threadIdx.x];
  *cell = a;
  f(cell);
  return *cell;
}
"""


def _wrapped(value, dtype):
    bits = 8 * np.dtype(dtype).itemsize
    return np.array(int(value) & (1 << bits) - 1, f"u{bits // 8}").view(dtype)[()]


def _added(a, b):
    with np.errstate(all="ignore"):
        return a + b if a.dtype.kind == "f" else _wrapped(int(a) + int(b), a.dtype)


OPERATIONS = {
    "Add": ((I32, U32, U64, "float", "double"), _added),
    "Sub": ((I32, U32), lambda a, b: _wrapped(int(a) - int(b), a.dtype)),
    "Exch": ((I32, U32, U64, "float"), lambda a, b: b),
    "Min": ((I32, U32, I64, U64), min), "Max": ((I32, U32, I64, U64), max),
    "Inc": ((U32,), lambda a, b: np.uint32(0) if a >= b else np.uint32(a + np.uint32(1))),
    "Dec": ((U32,), lambda a, b: b if a == 0 or a > b else np.uint32(a - np.uint32(1))),
    "And": ((I32, U32, U64), lambda a, b: a & b), "Or": ((I32, U32, U64), lambda a, b: a | b),
    "Xor": ((I32, U32, U64), lambda a, b: a ^ b),
    "CAS": ((I32, U32, U64), lambda a, b, c: c if a == b else a),
}  # fmt: skip
NV = {"add": (I32, U32, U64, "float", "double"), "sub": (I32, U32, U64, "float", "double"), "min": (I32, U32, I64, U64),
      "max": (I32, U32, I64, U64), "and": (I32, U64), "or": (I32, U64), "xor": (I32, U64)}  # fmt: skip


def _difference(a, b):
    with np.errstate(over="ignore", invalid="ignore"):
        return a - b if a.dtype.kind == "f" else _wrapped(int(a) - int(b), a.dtype)


NV_REFERENCES = {"sub": _difference}


def _cases():
    """(type, arguments, atomic on `p`, reference)."""
    for name, (types, reference) in OPERATIONS.items():
        for kind in types:
            for suffix in SUFFIXES:
                extra = 2 if name == "CAS" else 1
                yield kind, extra, f"atomic{name}{suffix}(p, {'b, c' if extra == 2 else 'b'})", reference
    yield "unsigned short", 2, "atomicCAS(p, b, c)", OPERATIONS["CAS"][1]
    for name, types in NV.items():
        reference = NV_REFERENCES.get(name) or OPERATIONS[name.capitalize()][1]
        for number, kind in enumerate(types):
            yield kind, 1, f"__nv_atomic_fetch_{name}(p, b, {[0, 2, 3, 4, 5][number % 5]}, {[4, 3, 1][number % 3]})", reference
    for kind in (I32, U64):
        yield kind, 1, "__nv_atomic_exchange_n(p, b, 4, 3)", OPERATIONS["Exch"][1]
        compare = "__nv_atomic_compare_exchange_n(p, &b, c, false, 5, 0)"
        yield kind, 2, f"({compare} ? b : b)", OPERATIONS["CAS"][1]


CASES = list(_cases())


@pytest.fixture(scope="module")
def program(make_program):
    """Each case twice: the value that comes back, then the one that is left."""
    calls = []
    for kind, extra, text, _ in CASES:
        body = f"[=]({kind} *p) mutable {{ return {text}; }}"
        calls += [Call(kind, (kind,) * (1 + extra), f"{which}(a, {body})") for which in ("old_value", "new_value")]
    return make_program("atomics", calls, prelude=PRELUDE, options=OPTIONS)


@settings(max_examples=3, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(drawn=drawn_bits())
def test_old_and_new_values(program, drawn):
    work = []
    for i, (kind, extra, _, _) in enumerate(CASES):
        chosen = columns([DTYPES[kind]] * (1 + extra), drawn)
        if extra == 2:
            chosen[1] = np.where(np.arange(len(chosen[0])) % 3, chosen[0], chosen[1])
        work += [(2 * i, chosen), (2 * i + 1, chosen)]
    results = program.run(work)
    for i, (kind, _, _, reference) in enumerate(CASES):
        arguments = work[2 * i][1]
        check(program, 2 * i, arguments, results[2 * i], arguments[0])
        expected = np.array([reference(*row) for row in zip(*arguments, strict=True)], DTYPES[kind])
        check(program, 2 * i + 1, arguments, results[2 * i + 1], expected)


def test_loads_and_stores_with_order(make_program):
    kinds = ["unsigned char", "short", I32, U64]
    texts = [f"new_value(({kind})0, [=]({kind} *p) {{ __nv_atomic_store_n(p, a, {store}, {scope}); return a; }})"
             for kind in kinds for store, scope in ((0, 1), (3, 3), (5, 4))]
    texts += [f"old_value(a, [=]({kind} *p) {{ return __nv_atomic_load_n(p, {load}, {scope}); }})"
              for kind in kinds for load, scope in ((0, 1), (2, 3), (5, 4))]
    own = [kind for kind in kinds for _ in range(3)] * 2
    calls = [Call(kind, (kind,), text) for kind, text in zip(own, texts, strict=True)]
    generic = """
__device__ float2 through_memory(float2 a) {
  float2 was, *cell = &cells<float2>[own_index()], now = make_float2(a.y, a.x);
  __nv_atomic_store(cell, &a, 3, 3);
  __nv_atomic_exchange(cell, &now, &was, 4, 4);
  float2 expected = make_float2(a.y, a.x), desired = make_float2(was.x, now.x);
  const bool swapped = __nv_atomic_compare_exchange(cell, &expected, &desired, false, 4, 2, 3);
  __nv_atomic_load(cell, &was, 5, 1);
  return swapped ? was : make_float2(-1, -1);
}"""
    calls.append(Call("float2", ("float2",), "through_memory(a)"))
    program = make_program("ordered", calls, prelude=PRELUDE + generic, options=OPTIONS)
    values = np.arange(-300, 300)
    pairs = np.random.default_rng(1).normal(size=(500, 2)).astype("f4")
    *results, swapped = program.run([*((i, [values.astype(DTYPES[kind])]) for i, kind in enumerate(own)), (len(own), [pairs])])
    for i, kind in enumerate(own):
        check(program, i, [values], results[i], values.astype(DTYPES[kind]))
    assert np.array_equal(swapped, np.stack([pairs[:, 0], pairs[:, 1]], 1))


NARROW = [("__half", FLOAT16), ("__nv_bfloat16", BFLOAT16)]


def test_narrow_sums(make_program):
    calls = [Call(kind, (kind, kind), f"{which}(a, [=]({kind} *p) {{ return atomicAdd(p, b); }})")
             for kind, _ in NARROW for which in ("old_value", "new_value")]
    program = make_program("narrow_sums", calls, prelude=PRELUDE, options=OPTIONS)
    random = np.random.default_rng(3)
    a, b = (random.integers(0, 65536, 20000, dtype="u2") for _ in range(2))
    results = program.run([(i, [a, b]) for i in range(4)])
    for number, (_, one) in enumerate(NARROW):
        assert np.array_equal(results[2 * number], a)
        total = one.decode(a) + one.decode(b)
        expected, got = one.encode(total), results[2 * number + 1]
        nan = np.isnan(total)
        # What 53 bits cannot hold of a sum may only matter to a tie.
        assert np.mean((got == expected)[~nan]) > 0.9999 and np.isnan(one.decode(got[nan])).all()


def test_vectors(make_program):
    """Components of float2 and float4 add on their own."""
    calls = [Call(kind, (kind, kind), f"{which}(a, [=]({kind} *p) {{ return atomicAdd{suffix}(p, b); }})")
             for kind in ("float2", "float4") for suffix in SUFFIXES for which in ("old_value", "new_value")]
    program = make_program("wide", calls, prelude=PRELUDE, options=OPTIONS)
    random = np.random.default_rng(4)
    vectors = {n: [random.normal(size=(300, n)).astype("f4") for _ in range(2)] for n in (2, 4)}
    results = program.run([(i, vectors[2 if i < 6 else 4]) for i in range(12)])
    for i in range(12):
        a, b = vectors[2 if i < 6 else 4]
        assert same(results[i], a + b if i % 2 else a).all()


@pytest.mark.skipif("gfx" in DEVICE, reason="AMD GPUs have no atomics of 128 bits")
def test_128_bits(make_program):
    """16 bytes are exchanged and compared at once."""
    swap = ("[=](longlong2 *p) { atomicCAS(p, make_longlong2(a, b), make_longlong2(b, c)); "
            "return atomicExch(p, make_longlong2(c, a)); }")
    calls = [Call(I64, (I64,) * 3, f"{which}(make_longlong2(a, b), {swap}).{part}")
             for which in ("old_value", "new_value") for part in "xy"]
    program = make_program("exchanged", calls, prelude=PRELUDE, options=OPTIONS)
    numbers = a, b, c = [np.random.default_rng(5).integers(-2**63, 2**63, 300) for _ in range(3)]
    results = program.run([(i, numbers) for i in range(4)])
    for result, expected in zip(results, (b, c, c, a), strict=True):
        assert np.array_equal(result, expected)


CONTENTION = """
#include <cuda_fp16.h>
#include <cuda_bf16.h>
#include <cstdio>
template <class T>
__global__ void add(T *cell, T value) {
  atomicAdd(cell, value);
}
template <class F>
__global__ void each(F f) {
  f();
}
template <class T>
double total(T value, int threads) {
  T *cell;
  cudaMallocManaged(&cell, sizeof(T));
  memset(cell, 0, sizeof(T));
  add<<<threads / 64, 64>>>(cell, value);
  cudaDeviceSynchronize();
  return (double)(float)*(typename std::conditional<sizeof(T) == 16, float, T>::type *)cell;
}
__device__ __half pair_sum[2];
__device__ unsigned short small[2];
__global__ void two_kinds() {
  atomicAdd((__half2 *)pair_sum, __half2(1.0f, 2.0f));
  unsigned short seen = small[1], old;
  while ((old = atomicCAS(&small[1], seen, (unsigned short)(seen + 1))) != seen) seen = old;
}
__global__ void show() { printf("%g %g %d %d\\n", (float)pair_sum[0], (float)pair_sum[1], small[0], small[1]); }
int main() {
  printf("%g %g %g\\n", total(1, 65536), total(0.5f, 65536), total(0.25, 65536));
  printf("%g %g %g\\n", total(__half(1.0f), 2048), total(__nv_bfloat16(1.0f), 256), total(make_float4(1, 2, 3, 4), 4096));
  two_kinds<<<16, 64>>>();
  show<<<1, 1>>>();
  return cudaDeviceSynchronize();
}
"""


def test_no_update_is_lost(tmp_path, crosswarp_nvcc):
    source = tmp_path / "contention.cu"
    source.write_text(CONTENTION)
    crosswarp_nvcc("-std=c++17", *OPTIONS, source, "-o", tmp_path / "contention", TARGETS)
    done = subprocess.run([tmp_path / "contention"], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout == "65536 32768 16384\n2048 256 4096\n1024 2048 0 1024\n"
