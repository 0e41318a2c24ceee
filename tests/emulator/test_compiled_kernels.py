"""Kernels that our compiler made, launched on every architecture that is emulated."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from crosswarp.driver.emit import emit
from crosswarp.targets.amdgpu.emulator.launch import Kernel, Module

ARCHS = ("gfx1100", "gfx1201", "gfx1030", "gfx90a", "gfx942")
SOURCE = Path(__file__).parent / "inputs" / "compiled.cu"
RANDOM = np.random.default_rng(7)
THREADS = 200

every_arch = pytest.mark.parametrize("arch", ARCHS)


@cache
def module(arch: str) -> Module:
    """The compiled source."""
    return Module(emit(f"{arch}.hsaco", SOURCE, []), arch)


def kernel(arch: str, name: str) -> Kernel:
    """One of its kernels."""
    return module(arch).kernel(name)


@every_arch
def test_recursion(arch: str) -> None:
    """Ackermann's function of (2, n) is 2 n + 3."""
    out = np.zeros(2 * THREADS, np.int32)
    code = kernel(arch, "recursion")
    assert code.dynamic_stack
    code.launch(2, THREADS, [out])
    np.testing.assert_array_equal(out, 2 * (np.arange(2 * THREADS) % 7) + 3)


@every_arch
def test_function_pointers_and_virtual_functions(arch: str) -> None:
    """With different ones in one wave."""
    out = np.zeros(THREADS, np.int32)
    kernel(arch, "pointers").launch(1, THREADS, [out])
    i = np.arange(THREADS)
    called = np.choose(i % 3, [2 * i, -i, i * i])
    np.testing.assert_array_equal(out, called + np.where(i % 2 != 0, i * i, 10 * i))


@every_arch
def test_private_arrays(arch: str) -> None:
    """Each thread sorts the digits of its number."""
    values = RANDOM.integers(0, 1 << 32, 2 * THREADS, np.uint32)
    out = np.zeros_like(values)
    kernel(arch, "local_array").launch(2, THREADS, [values, out])
    np.testing.assert_array_equal(out, [int("".join(sorted(f"{v:08x}")), 16) for v in values])


@every_arch
@pytest.mark.parametrize("block", [1, 31, 64, 100, 1024])
def test_shared_memory_and_barriers(arch: str, block: int) -> None:
    """Sums within blocks."""
    values = RANDOM.integers(-1000, 1000, (3, block), np.int32)
    out = np.zeros_like(values)
    kernel(arch, "scan").launch(3, block, [values, out], dynamic_lds=4 * block)
    np.testing.assert_array_equal(out, np.cumsum(values, 1))


@every_arch
def test_warps_of_32(arch: str) -> None:
    """On waves of 64 too."""
    values = RANDOM.integers(-1000, 1000, (6, 32), np.int32)
    sums, odd = np.zeros_like(values), np.zeros((6, 32), np.uint32)
    kernel(arch, "warps").launch(2, 96, [values, sums, odd])
    np.testing.assert_array_equal(sums, np.repeat(values.sum(1, keepdims=True), 32, 1))
    bits = ((values & 1).astype(np.uint64) << np.arange(32, dtype=np.uint64)).sum(1)
    np.testing.assert_array_equal(odd, np.repeat(bits[:, None], 32, 1))


@every_arch
def test_atomics(arch: str) -> None:
    """On shared and on global memory, from several threads of the host."""
    values = RANDOM.integers(0, 1 << 32, 5000, np.uint32)
    counts, total = np.zeros(32, np.uint32), np.zeros(1, np.uint64)
    kernel(arch, "histogram").launch(4, 256, [values, counts, total, np.int32(len(values))])
    np.testing.assert_array_equal(counts, np.bincount(values % 32, minlength=32))
    assert int(total[0]) == int(values.astype(np.uint64).sum())


@every_arch
def test_wide_numbers(arch: str) -> None:
    """Division of 64-bit integers, square roots and quotients in double precision."""
    a = RANDOM.integers(-(1 << 62), 1 << 62, THREADS, np.int64)
    b = RANDOM.integers(1, 1 << 40, THREADS, np.int64) * RANDOM.choice([-1, 1], THREADS)
    quotient, rest, root = np.zeros_like(a), np.zeros_like(a), np.zeros(THREADS)
    kernel(arch, "wide").launch(1, THREADS, [a, b, quotient, rest, root])
    want = [(abs(int(x)) // abs(int(y)) * (1 if (x < 0) == (y < 0) else -1)) for x, y in zip(a, b, strict=True)]
    np.testing.assert_array_equal(quotient, want)
    np.testing.assert_array_equal(rest, [int(x) - q * int(y) for x, y, q in zip(a, b, want, strict=True)])
    np.testing.assert_array_equal(root, np.sqrt(np.abs(a).astype(np.float64)) / 3.0)


@every_arch
def test_blocks_that_wait_for_the_one_before(arch: str) -> None:
    """As scans over a whole grid do."""
    module(arch).symbol("chain")[:] = 0
    out = np.zeros(64, np.int32)
    kernel(arch, "chained").launch(64, 32, [out])
    np.testing.assert_array_equal(out, np.cumsum(np.arange(64) + 1))


def test_launches_at_the_same_time() -> None:
    """Several threads of the host launch kernels of both wave sizes; none gets in another's way."""

    def work(seed: int) -> None:
        random = np.random.default_rng(seed)
        code = kernel(ARCHS[seed % 2 * 4], "scan")
        for _ in range(20):
            blocks, block = int(random.integers(1, 9)), int(random.integers(1, 200))
            values = random.integers(-1000, 1000, (blocks, block), np.int32)
            out = np.zeros_like(values)
            code.launch(blocks, block, [values, out], dynamic_lds=4 * block)
            np.testing.assert_array_equal(out, np.cumsum(values, 1))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(12)))


def test_a_kernel_waits_for_another_launch() -> None:
    """As kernels in two streams may."""
    flags = np.zeros(2, np.int32)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(kernel("gfx1100", "wait_for").launch, 40, 64, [flags])
        while flags[0] != 40:  # all blocks are there and wait
            pass
        assert not waiting.done()
        kernel("gfx1100", "let_go").launch(1, 1, [flags])
        waiting.result()
    assert flags.tolist() == [80, 1]
