"""Variables, parameters, shared and private memory, atomics."""

import numpy as np
import pytest

from tests.targets.cpu.device_code import COROUTINE, LOOP, Loader

BIG = np.dtype([("c", np.int8), ("d", np.float64, 3), ("s", np.int16)], align=True)


def test_variables(load: Loader) -> None:
    code = load("memory")
    out = np.zeros(64, np.int32)
    code.variable("counter", np.int32)[0] = 7
    code.launch("globals", 1, 64, out)
    assert out.tolist() == [(3 + 2 * (t % 4)) * 3 + 5 + 1 for t in range(64)]
    assert code.variable("counter", np.int32)[0] == 71
    assert code.variable("_ZN5space4wideE", np.int64)[0] == 1 << 40
    code.variable("scale", np.int32)[0] = 10
    code.launch("globals", 1, 64, out)
    assert out[0] == 36
    code.variable("scale", np.int32)[0] = 3
    assert {name: code.variables[name].kind for name in ("counter", "table", "scale")} == {"counter": 0, "table": 0, "scale": 1}


@pytest.mark.parametrize("n", [0, 1, 255, 256, 1000, 1024])
def test_saxpy(load: Loader, n: int) -> None:
    code = load("memory")
    x, y = np.arange(1024, dtype=np.float32), np.ones(1024, np.float32)
    expected = y.copy()
    expected[:n] += np.float32(2) * x[:n]
    code.launch("saxpy", 4, 256, np.float32(2), x, y, n)
    assert (y == expected).all()
    assert code.kernels["saxpy"].model == LOOP
    assert code.kernels["saxpy"].arena_bytes is None


def test_overlapping_arrays(load: Loader) -> None:
    """Kernels may read and write one array; iterations of the thread loop do not depend on each other."""
    data = np.arange(512, dtype=np.float32)
    load("memory").launch("saxpy", 2, 256, np.float32(3), data, data, 512)
    assert (data == np.arange(512, dtype=np.float32) * 4).all()


def test_parameter_layout(load: Loader) -> None:
    big = np.zeros((), BIG)
    big["c"], big["d"], big["s"] = 1, (10, 20, 30), 100
    out = np.zeros(6, np.int32)
    code = load("memory")
    arguments = (np.int8(-5), np.float64(7.5), np.int16(-300), big.tobytes(), out, np.bool_(True), np.int64(9 << 32))
    code.launch("parameters", 1, 1, *arguments)
    assert out.tolist() == [-5, 7, -300, 131, 1, 9]
    offsets = [(p.offset, p.size) for p in code.kernels["parameters"].params[:7]]
    assert offsets == [(0, 1), (8, 8), (16, 2), (24, 40), (64, 8), (72, 1), (80, 8)]


@pytest.mark.parametrize("kernel", ["changed_parameter", "changed_parameter_behind_barrier"])
def test_parameters_are_private(load: Loader, kernel: str) -> None:
    big = np.zeros((), BIG)
    big["d"], big["s"] = (10, 20, 30), 1000
    out = np.zeros(40, np.int32)
    load("memory").launch(kernel, 1, 40, big.tobytes(), out)
    assert out.tolist() == [1000 + t + 160 - 10 * (t % 3 + 1) for t in range(40)]


def test_shared_memory_of_all_kinds(load: Loader) -> None:
    code = load("memory")
    n = 40
    out = np.zeros(n, np.int32)
    code.launch("shared_kinds", 1, n, out, n, dynamic_shared=12 * n)
    expected = [1 + (t + 1) % n * 10 + (t % 3 + 1) * 1000 + (t + 1) % n + (t + 1) % n * 3 for t in range(n)]
    assert out.tolist() == expected
    assert code.kernels["no_shared"].static_shared == 0
    assert code.kernels["shared_kinds"].static_shared == 288


def test_private_memory_of_the_thread_loop(load: Loader) -> None:
    data, out = np.arange(512, dtype=np.int32) * 7, np.zeros(512, np.int32)
    load("memory").launch("private_table", 2, 256, data, out)
    for t in range(512):
        values = [t * i + 1000 * (i == (data[t] & 7)) for i in range(8)]
        assert out[t] == sum(values[(i + data[t]) & 7] * i for i in range(8))


def test_histogram(load: Loader) -> None:
    data = (np.arange(10000) * 31 % 251).astype(np.uint8)
    out = np.zeros(256, np.int32)
    load("memory").launch("histogram", 3, 256, data, out, data.size)
    assert out.tolist() == np.bincount(data, minlength=256).tolist()


def test_atomics(load: Loader) -> None:
    ints, words, sums = np.array([1000, 0], np.int32), np.array([0, 0, 3, 0, 0, 0], np.uint32), np.zeros(2, np.float32)
    load("memory").launch("atomics", 1, 100, ints, words, sums)
    down = 3
    for _ in range(100):
        down = 9 if down == 0 or down > 9 else down - 1
    assert ints.tolist() == [-49, -49]
    assert words.tolist() == [0x80000063, 100 % 7, down, 0x80000063, 100 % 7, down]
    assert sums.tolist() == [50, 50]


def test_retrying_compare_and_swap_needs_no_coroutine(load: Loader) -> None:
    total = np.zeros(1, np.int32)
    code = load("memory")
    code.launch("cas_loop", 2, 100, total)
    assert total[0] == 2 * sum(range(100))
    assert code.kernels["cas_loop"].model == LOOP


def test_address_spaces_of_generic_pointers(load: Loader) -> None:
    data, out = np.zeros(1, np.int32), np.zeros(24, np.int32)
    load("memory").launch("spaces", 1, 8, data, out, dynamic_shared=16)
    assert out.reshape(8, 3).tolist() == [[0, 0, 1], [1, 0, 0], [1, 0, 0], [0, 1, 0]] * 2


def test_cache_hints(load: Loader) -> None:
    data, out = np.arange(32, dtype=np.float32), np.zeros(32, np.float32)
    load("memory").launch("cached", 1, 32, data, out)
    assert (out == data * 2).all()


def test_launch_bounds(load: Loader) -> None:
    assert load("memory").kernels["bounded"].max_threads == 128
    assert load("memory").kernels["saxpy"].max_threads == 1024


def test_barrier_kernels_are_coroutines(load: Loader) -> None:
    assert load("memory").kernels["histogram"].model == COROUTINE


def test_struct_that_is_only_read(load: Loader) -> None:
    data, out = np.arange(64, dtype=np.float32), np.zeros(64, np.float32)
    weights = np.array([2, 3, 5, 7], np.float32)
    load("memory").launch("weighted", 1, 64, weights.tobytes(), data, out)
    assert (out == data * 2 + weights[np.arange(64) % 4]).all()
