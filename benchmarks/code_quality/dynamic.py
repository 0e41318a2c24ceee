"""Runs the kernels of both compilers on the emulator.

What is taken from it: executed instructions by class, memory transactions, and whether the results agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from crosswarp.targets.amdgpu.emulator.launch import Fault, Module, Statistics

from code_quality.kernels import Array, Launch

# The mathematics of both sides, and where products and sums fuse, differ in the last bits.
_RELATIVE, _ABSOLUTE = 2e-4, 1e-5
# Iterations that stop at a bound (Mandelbrot's) may stop a step apart.
_FEW = 0.005


@dataclass(frozen=True)
class Runs:
    """What a launch executed on our side and on theirs; `agree`: the same results within rounding."""

    ours: Statistics
    theirs: Statistics
    agree: bool

    @property
    def ratio(self) -> float:
        """Our executed wave instructions by theirs."""
        return self.ours.instructions / self.theirs.instructions


class CannotRun(Exception):
    """Why a kernel stopped."""


def run_both(ours: Path, theirs: Path, kernel: str, launch: Launch) -> Runs:
    """One launch each with the same arguments. Raises `CannotRun`."""
    first, second = run(ours, kernel, launch), run(theirs, kernel, launch)
    return Runs(first[0], second[0], all(_agree(a, b) for a, b in zip(first[1], second[1], strict=True)))


def run(image: Path, kernel: str, launch: Launch) -> tuple[Statistics, list[Array]]:
    """Statistics, and the arguments after the launch."""
    statistics, arguments = Statistics(), launch.arguments()
    values = [a if a.ndim else a[()] for a in arguments]
    try:
        Module(image.read_bytes()).kernel(kernel).launch(launch.blocks, launch.threads, values, statistics=statistics)
    except (Fault, ValueError) as error:
        raise CannotRun(str(error)) from error
    return statistics, launch.in_order(arguments)


def _agree(a: Array, b: Array) -> bool:
    near = np.isclose(a, b, _RELATIVE, _ABSOLUTE, equal_nan=True) if a.dtype.kind == "f" else np.equal(a, b)
    return a.ndim == 0 or bool(np.count_nonzero(~near) <= _FEW * a.size)
