#!/usr/bin/env python3
"""How fast the AMD emulator runs: `python benchmarks/emulator_speed.py [--arch gfx1100 ...]`.

Each kernel of emulator_speed.cu is compiled, launched once to decode its code, then measured: the best wall time of the launches,
the wave instructions executed, and how many of them each second of processor time runs (all threads together, so that other load on
the machine does not change it much).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from crosswarp.driver.emit import emit
from crosswarp.targets.amdgpu.emulator.launch import Kernel, Module, Statistics
from rich.console import Console
from rich.table import Table

SOURCE = Path(__file__).with_suffix(".cu")
ARCHS = ("gfx1100", "gfx942")


@dataclass(frozen=True)
class Case:
    """A launch: kernel, grid, block, and its arguments."""

    kernel: str
    grid: tuple[int, ...]
    block: tuple[int, ...]
    arguments: Callable[[], list[Any]]


def cases(scale: int) -> list[Case]:
    """All kernels; `scale` 1 is what the figures of docs/emulator.md are of."""
    million, side = 1 << 20, 256
    floats = np.ones(million, np.float32)
    out, words = np.zeros(million, np.float32), np.zeros(million, np.uint32)
    square = np.ones((side, side), np.float32)
    return [
        Case("vector_add", (million // 256,), (256,), lambda: [floats, floats, out, np.int32(million)]),
        Case("multiply_add", (64,), (256,), lambda: [out, np.int32(1000 // scale)]),
        Case("hash", (64,), (256,), lambda: [words, np.int32(1000 // scale)]),
        Case("mandelbrot", (256,), (256,), lambda: [words, np.int32(256), np.int32(500 // scale)]),
        Case("matrix_multiply", (side // 16,) * 2, (16, 16), lambda: [square, square, out, np.int32(side)]),
        Case("block_sum", (million // 256,), (256,), lambda: [floats, out]),
    ]


@dataclass(frozen=True)
class Figures:
    """Of one kernel: best wall time in milliseconds, wave instructions, and millions of them in a second of processor time."""

    milliseconds: float
    instructions: int
    rate: float


def counted(kernel: Kernel, case: Case) -> int:
    """Wave instructions of a launch."""
    statistics = Statistics()
    kernel.launch(case.grid, case.block, case.arguments(), statistics=statistics)
    return statistics.instructions


def measure(kernel: Kernel, case: Case, rounds: int) -> Figures:
    """The best of some launches."""
    instructions, arguments = counted(kernel, case), case.arguments()
    wall, processor = [], []
    for _ in range(rounds):
        started, used = time.perf_counter(), time.process_time()
        kernel.launch(case.grid, case.block, arguments)
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return Figures(1e3 * min(wall), instructions, instructions / min(processor) / 1e6)


def table_of(arch: str, rounds: int, scale: int) -> Table:
    """One row a kernel."""
    table = Table("kernel", "ms", "wave instructions", "M / s", title=arch)
    module = Module(emit(f"{arch}.hsaco", SOURCE, []), arch)
    for case in cases(scale):
        figures = measure(module.kernel(case.kernel), case, rounds)
        table.add_row(case.kernel, f"{figures.milliseconds:.1f}", f"{figures.instructions:,}", f"{figures.rate:.0f}")
    return table


def main() -> None:
    """Prints a table for each architecture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arch", action="append", help=f"{', '.join(ARCHS)} where none is named")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=int, default=1, help="divides the lengths of loops")
    options = parser.parse_args()
    for arch in options.arch or ARCHS:
        Console().print(table_of(arch, options.rounds, options.scale))


if __name__ == "__main__":
    main()
