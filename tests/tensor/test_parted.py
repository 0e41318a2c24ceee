"""Warps of a wave that part around products: random kernels in blocks of any number of threads, against exact integers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from devices import on_devices
from numbers_of_kinds import encoded
from parted import COUNTS, FLAG, SUMS, TILES, WARPS, Kernel, N, Tile, TooLarge, kernels

WAYS = {"Whole": (16, 16, 16, "f16", np.float32), "Registers": (16, 16, 16, "f16", np.float32),
        "Fragments<32, 8, 16, __nv_bfloat16, float>": (32, 8, 16, "bf16", np.float32),
        "Fragments<16, 16, 16, signed char, int>": (16, 16, 16, "s8", np.int32),
        "Fragments<8, 8, 4, double, double>": (8, 8, 4, "f64", np.float64)}  # fmt: skip
"""m, n, k, the kind of A and B, and what sums are."""
KERNELS = 6


def _matrices(way: str, seed: int) -> tuple[Tile, Tile, Tile]:
    """Tiles of A, B (by rows), and the sums of each warp."""
    m, n, k, _, _ = WAYS[way]
    source = np.random.default_rng(seed)
    return tuple(source.integers(-3, 3, shape, endpoint=True) for shape in ((TILES, m, k), (TILES, k, n), (WARPS, SUMS, m, n)))


def _exact(seed: int, matrices: tuple[Tile, Tile, Tile], placed: bool) -> Iterator[Kernel]:
    """Kernels whose sums stay small."""
    for kernel in kernels(seed, placed):
        try:
            for threads in kernel.threads:
                kernel.results(*matrices, threads)
        except TooLarge:
            continue
        yield kernel


def _program(way: str, chosen: list[Kernel]) -> str:
    definitions = "".join(kernel.text(f"k{n}") for n, kernel in enumerate(chosen))
    calls = "".join(f"  run(files, k{n}<Way>, job, {threads});\n" for n, kernel in enumerate(chosen) for threads in kernel.threads)
    return f"""#include "parted.cuh"
{definitions}
int main(int, char** arguments) {{
  typedef {way} Way;
  Files files = opened(arguments);
  const auto job = job_of<Way>(files);
{calls}}}
"""


def check(tensor, device: str, way: str, seed: int, *options: str, count: int = KERNELS) -> None:
    """Build some kernels, run each in blocks of its numbers of threads, and compare all that they wrote."""
    (_, _, _, kind, form), matrices = WAYS[way], _matrices(way, seed)
    source = _exact(seed, matrices, way == "Registers")
    chosen = [next(source) for _ in range(count)]
    a, b, c = matrices
    given = [*np.array((N, FLAG, WARPS), np.int32), encoded(kind, a), encoded(kind, b.swapaxes(1, 2)), c.astype(form),
             np.array(COUNTS, np.int32)]  # fmt: skip
    results, wrong = iter(tensor(device, _program(way, chosen), given, *options)), []
    for n, kernel in enumerate(chosen):
        for threads in kernel.threads:
            d, seen = np.frombuffer(next(results), form), np.frombuffer(next(results), np.int32)
            for warp in kernel.results(*matrices, threads):
                right = [warp.sums[0], warp.sums[1].T, warp.sums[2]]
                found = d.reshape(WARPS, SUMS, -1)[warp.number]
                bad = [i for i in range(SUMS) if not np.array_equal(found[i], right[i].ravel())]
                if bad or seen[warp.number] != warp.seen:
                    where = f"k{n}, {threads} threads, warp {warp.number}"
                    wrong.append(f"{where}: sums {bad}, seen {seen[warp.number]}, not {warp.seen}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("way", WAYS)
@on_devices()
def test_parted(tensor, device: str, way: str, seed: int) -> None:
    check(tensor, device, way, seed * len(WAYS) + list(WAYS).index(way))


@on_devices("gfx90a")
def test_some_parted(tensor, device: str) -> None:
    check(tensor, device, "Registers", 100, count=2)


@pytest.mark.slow
@pytest.mark.parametrize("options", [("-G",), ("-O0",), ("-lineinfo", "-O1"), ("-rdc=true",), ("-ftz=true",)], ids=" ".join)
@on_devices()
def test_options(tensor, device: str, options: tuple[str, ...]) -> None:
    """Fragments that stay in memory, and code that is optimised when it is linked."""
    check(tensor, device, list(WAYS)[len(options[0]) % 4], len(options[0]), *options, count=3)
