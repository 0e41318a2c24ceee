"""What device code asks of the host, and threads that wait for each other through memory."""

import ctypes
import os
import struct

import numpy as np
import pytest

from tests.targets.cpu.device_code import COROUTINE, LOOP, AssertFail, DeviceCode, Loader, Trap


def test_printf(load: Loader) -> None:
    code = load("services")
    lines: list[tuple[int, float, bytes]] = []

    def record(text: bytes, arguments: int) -> int:
        assert text == b"%d %f %s\n"
        thread, half, string = struct.unpack("<i4xdQ", ctypes.string_at(arguments, 24))
        lines.append((thread, half, ctypes.string_at(string)))
        return 3

    code.on_print = record
    code.launch("prints", 1, 8, 5)
    assert lines == [(t, t * 0.5, b"text") for t in range(5)]


def test_printf_behind_a_barrier(load: Loader) -> None:
    code = load("services")
    lines: list[bytes] = []
    code.on_print = lambda text, _arguments: lines.append(text) or 0
    code.launch("prints_behind_barrier", 2, 33)
    assert lines == [b"behind\n"] * 66


def test_device_heap(load: Loader) -> None:
    out = np.zeros(20, np.int32)
    load("services").launch("heap", 1, 20, out)
    assert out.tolist() == [15 * t for t in range(20)]


def run_until_it_ends(code: DeviceCode, kernel: str) -> tuple[int, bytes]:
    """Run a kernel that ends the launch, in a child process; its exit status and what it wrote."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:

        def fail(_launch: int, _block: int, thread: object, expression: bytes, file: bytes, line: int, function: bytes) -> None:
            os.write(writing, b"%d %s %s %d %s" % (thread[0], expression, file, line, function))  # type: ignore[index]
            os._exit(4)

        code.services.trap = Trap(lambda *_: os._exit(3))
        code.services.assert_fail = AssertFail(fail)
        code.run(kernel, 1, 8, np.zeros(8, np.int32))
        os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return os.waitstatus_to_exitcode(status), pipe.read()


def test_trap_ends_the_launch(load: Loader) -> None:
    assert run_until_it_ends(load("services"), "traps") == (3, b"")


def test_failed_assertion_ends_the_launch(load: Loader) -> None:
    assert run_until_it_ends(load("services"), "asserts") == (4, b"5 x > 0 file.cu 42 asserts")


def test_clocks(load: Loader) -> None:
    out = np.zeros(2, np.uint64)
    load("services").launch("timer", 1, 1, out)
    assert out.tolist() == [42, 1]


@pytest.mark.parametrize("block", [1, 32, 200])
def test_spin_lock(load: Loader, block: int) -> None:
    code = load("services")
    lock, total = np.zeros(1, np.int32), np.zeros(1, np.int32)
    code.launch("spin_lock", 3, block, lock, total)
    assert total[0] == 3 * block and lock[0] == 0
    assert code.kernels["spin_lock"].model == COROUTINE


def test_spin_lock_in_shared_memory(load: Loader) -> None:
    out = np.zeros(100, np.int32)
    load("services").launch("spin_lock_shared", 1, 100, out)
    assert set(out.tolist()) == {sum(range(100))}


def test_threads_that_wait_for_later_threads(load: Loader) -> None:
    code = load("services")
    flags, out = np.zeros(90, np.int32), np.zeros(90, np.int32)
    code.launch("relay", 1, 90, flags, out)
    assert out.tolist() == list(range(89, -1, -1))
    assert code.kernels["relay"].model == COROUTINE


def test_warp_that_votes_while_it_waits(load: Loader) -> None:
    flag, out = np.zeros(1, np.int32), np.zeros(32, np.int32)
    load("services").launch("vote_while_waiting", 1, 64, flag, out)
    assert out.tolist() == [32] * 32


def test_work_queue_needs_no_coroutine(load: Loader) -> None:
    code = load("services")
    following, out = np.zeros(1, np.int32), np.zeros(500, np.int32)
    code.launch("work_queue", 2, 64, following, out, 500)
    assert out.tolist() == [i * i for i in range(500)]
    assert code.kernels["work_queue"].model == LOOP
