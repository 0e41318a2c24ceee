"""Block and grid barriers in any control flow."""

import numpy as np

from tests.targets.cpu.device_code import COROUTINE, DEADLOCK, FIBER, Loader


def test_block_sum(load: Loader) -> None:
    code = load("barriers")
    data = np.arange(1000, dtype=np.float32)
    out = np.zeros(4, np.float32)
    code.launch("block_sum", 4, 256, data, out, 1000)
    padded = np.zeros(1024, np.float32)
    padded[:1000] = data
    assert out.tolist() == padded.reshape(4, 256).sum(axis=1).tolist()
    assert code.kernels["block_sum"].model == COROUTINE
    assert code.kernels["block_sum"].static_shared == 1024


def test_threads_that_exited_do_not_count(load: Loader) -> None:
    out = np.zeros(200, np.int32)
    load("barriers").launch("early_exit", 1, 200, out, 77)
    assert out.tolist() == [sum(range(77))] * 77 + [0] * 123


def test_barriers_in_both_arms_are_one_barrier(load: Loader) -> None:
    out = np.zeros(128, np.int32)
    load("barriers").launch("both_arms", 1, 128, out)
    assert out.tolist() == [(t - 1) * 10 if t % 2 else (t + 1) * 100 for t in range(128)]


def test_loops_with_different_trip_counts(load: Loader) -> None:
    out = np.zeros(96, np.int32)
    load("barriers").launch("trip_counts", 1, 96, out)
    assert set(out.tolist()) == {sum(t % 4 for t in range(96))}


def test_barrier_reductions(load: Loader) -> None:
    values = np.array([t % 3 for t in range(90)], np.int32)
    out = np.zeros(270, np.int32)
    load("barriers").launch("reductions", 1, 90, values, out)
    assert (out[0::3] == 60).all() and (out[1::3] == 0).all() and (out[2::3] == 0).all()
    values[:] = 7
    load("barriers").launch("reductions", 1, 90, values, out)
    assert (out[0::3] == 90).all() and (out[1::3] != 0).all() and (out[2::3] != 0).all()


def test_named_barriers_with_counts(load: Loader) -> None:
    out = np.zeros(96, np.int32)
    load("barriers").launch("named", 1, 96, out)
    assert out.tolist() == [(lane + 1) * 10 for lane in range(32)] + [0] * 32 + [-1] * 32


def test_barriers_in_called_functions(load: Loader) -> None:
    out = np.zeros(50, np.int32)
    load("barriers").launch("nested_calls", 1, 50, out, dynamic_shared=200)
    expected = [(t + 7) % 50 + (t + 1) % 50 * 10000 + (1000 + (t + 2) % 50) * 100000 for t in range(50)]
    assert out.tolist() == expected


def test_private_arrays_live_across_barriers(load: Loader) -> None:
    out = np.zeros(40, np.int32)
    load("barriers").launch("private_arrays", 1, 40, out)
    for t in range(40):
        mine = [0] * 8
        for i in range(8):
            mine[(i + t) % 8] = i * t
        total = 0
        for i in range(8):
            mine[i] += i
        for value in mine:
            total = total * 3 + value
        assert out[t] == np.int64(total).astype(np.int32)


def test_two_dimensional_transpose(load: Loader) -> None:
    data = np.arange(64 * 64, dtype=np.int32)
    out = np.zeros_like(data)
    load("barriers").launch("two_dimensions", (4, 4), (16, 16), data, out, 64)
    assert (out.reshape(64, 64) == data.reshape(64, 64).T).all()


def test_grid_barrier(load: Loader) -> None:
    code = load("barriers")
    counts, out = np.zeros(3, np.int32), np.zeros(15, np.int32)
    code.launch("grid_barrier", 5, 40, counts, out, cooperative=True)
    assert out.tolist() == [200] * 15
    assert code.kernels["grid_barrier"].uses_grid_sync == 1
    assert code.kernels["block_sum"].uses_grid_sync == 0


def test_deadlock_is_reported(load: Loader) -> None:
    out = np.zeros(32, np.int32)
    assert load("barriers").run("deadlock", 1, 32, out) == [DEADLOCK]
    assert not out.any()


def test_recursion_through_barriers(load: Loader) -> None:
    code = load("barriers")
    out = np.zeros(64, np.int32)
    code.launch("recursion", 1, 64, out, 5)
    totals = [0] * 64
    values = list(range(64))
    for n in range(5, 0, -1):
        values = [v + n for v in values]
        totals = [total + values[(t + 1) % 64] for t, total in enumerate(totals)]
    assert out.tolist() == totals
    assert code.kernels["recursion"].model == FIBER


def test_barriers_behind_function_pointers(load: Loader) -> None:
    code = load("barriers")
    out = np.zeros(64, np.int32)
    code.launch("indirect", 1, 64, out, 4)
    values, total = list(range(1, 65)), 0
    for i in range(4):
        values = [v * (i + 2) if i % 2 else v + i + 2 for v in values]
        total = total * 7 + values[i % 2]
    assert out.tolist() == [total + v for v in values]
    assert code.kernels["indirect"].model == FIBER


def test_memory_of_variable_size_beside_a_barrier(load: Loader) -> None:
    code = load("barriers")
    out = np.zeros(40, np.int32)
    code.launch("variable_length", 1, 40, out, 7)
    assert out.tolist() == [6 * t + t % 7 * t for t in range(40)]
    assert code.kernels["variable_length"].model == FIBER


def test_kernel_templates(load: Loader) -> None:
    out = np.zeros(8, np.int32)
    load("barriers").launch("_Z7shiftedIiEvPT_", 1, 8, out)
    assert out.tolist() == list(range(4, 12))
