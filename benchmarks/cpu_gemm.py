"""Rates of a tensor-core GEMM on the CPU device beside OpenBLAS's sgemm, in one process tree and on the same processors.

    python benchmarks/cpu_gemm.py [--arch cpu] [--size 1024] [--threads 1]... [--kernel mma]...

The CUDA side is `cpu_gemm.cu`: nvcuda::wmma of halves or other kinds, or ldmatrix and mma.sync (`mma`). The other is NumPy's
product of float32 matrices, where NumPy comes with OpenBLAS. Rates count two operations for each multiply-add. The sides take
turns, and the best turn of each counts: for one thread by the middle launch's processor time, so that other processes do not
count, else by the best time on the clock.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".cu")
KERNELS = ("f16", "bf16", "tf32", "s8", "mma")
_BLAS = """
import sys, time
import numpy as np
n, runs = int(sys.argv[1]), int(sys.argv[2])
a, b = (np.random.default_rng(7).uniform(-1, 1, (n, n)).astype(np.float32) for _ in range(2))
c = a @ b
best, taken = 1e30, []
for _ in range(runs):
    start, used = time.perf_counter(), time.process_time()
    np.matmul(a, b, out=c)
    best = min(best, time.perf_counter() - start)
    taken.append(time.process_time() - used)
print(best, sorted(taken)[runs // 2], "right")
"""


def main() -> int:
    """The exit status."""
    options = _options()
    threads = options.threads or sorted({1, len(os.sched_getaffinity(0))})
    right = True
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "cpu_gemm"
        subprocess.run([sys.executable, "-m", "crosswarp.driver.nvcc", f"-arch={options.arch}", "-O2", str(SOURCE), "-o",
                        str(program)], check=True)  # fmt: skip
        print(f"{'kernel':6} {'threads':>7} {'Crosswarp':>10} {'OpenBLAS':>10} {'ratio':>6}   {options.size}, Gflop/s")
        for kernel, count in itertools.product(options.kernel or KERNELS[:1], threads):
            ours, blas = _rates([str(program), str(options.size), str(options.runs), kernel], options, count)
            right = right and ours > 0
            print(f"{kernel:6} {count:7} {ours:10.1f} {blas:10.1f} {ours / blas:6.3f}")
    return 0 if right else 1


def _rates(program: list[str], options: argparse.Namespace, threads: int) -> tuple[float, float]:
    """Gflop/s of both sides, the best of three turns; 0 for wrong results."""
    sides = (program, [sys.executable, "-c", _BLAS, str(options.size), str(options.runs)])
    environment = os.environ | {"CROSSWARP_DEVICE": "cpu", "CROSSWARP_CPU_THREADS": str(threads),
                                "OPENBLAS_NUM_THREADS": str(threads)}  # fmt: skip
    best = [0.0, 0.0]
    for _ in range(3):
        for side, command in enumerate(sides):
            done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
            clock, processor, verdict = done.stdout.split()
            seconds = float(processor if threads == 1 else clock)
            rate = 2 * options.size**3 / seconds / 1e9 if verdict == "right" else 0.0
            best[side] = max(best[side], rate)
    return best[0], best[1]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--arch", default="cpu", help="x86-64-v3, x86-64-v4, ... (default cpu)")
    parser.add_argument("--size", type=int, default=512, help="rows and columns, a multiple of 128")
    parser.add_argument("--kernel", action="append", choices=KERNELS, help="may be repeated (default f16)")
    parser.add_argument("--runs", type=int, default=10, help="launches of a turn")
    parser.add_argument("--threads", type=int, action="append", help="may be repeated (default: 1 and all)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
