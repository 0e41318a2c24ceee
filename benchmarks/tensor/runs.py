"""Runs code objects on the emulator and says what they executed, by class, altogether and in the main loop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from crosswarp.targets.amdgpu.emulator.launch import Fault, Kernel, Module, Statistics
from numpy.typing import NDArray

from tensor.cases import Case, Geometry, Problem

_MOVES = ("ds_bpermute", "ds_permute", "ds_swizzle", "v_permlane", "v_readlane", "v_writelane", "v_mov_b32_dpp", "v_swap")
_HINTS = ("s_wait", "s_nop", "s_delay", "s_clause", "s_barrier", "s_sleep", "s_setprio", "s_set_inst", "buffer_gl", "buffer_inv",
          "buffer_wb", "global_inv", "global_wb")  # fmt: skip
# A class by the beginning of an instruction's name; the first that fits.
_CLASSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sync", _HINTS),
    ("matrix", ("v_mfma", "v_wmma", "v_smfmac", "v_swmmac")),
    ("moves", _MOVES),
    ("AGPR moves", ("v_accvgpr",)),
    ("LDS", ("ds_",)),
    ("global", ("global_", "flat_", "buffer_")),
    ("scratch", ("scratch_",)),
    ("scalar", ("s_",)),
    ("vector", ("v_",)),
)
CLASSES = tuple(name for name, _ in _CLASSES)


class CannotRun(Exception):
    """Why a kernel stopped."""


@dataclass(frozen=True)
class Executed:
    """Wave instructions by class and by name, bytes of LDS, 64-byte pieces of global memory."""

    classes: Counter[str]
    names: Counter[str]
    lds_bytes: int
    transactions: int

    @property
    def instructions(self) -> int:
        """All classes together."""
        return self.classes.total()

    def without(self, other: Executed) -> Executed:
        """What this one executed beyond another."""
        def less(a: Counter[str], b: Counter[str]) -> Counter[str]:
            return Counter({name: a[name] - b[name] for name in a if a[name] != b[name]})

        return Executed(less(self.classes, other.classes), less(self.names, other.names), self.lds_bytes - other.lds_bytes,
                        self.transactions - other.transactions)


@dataclass(frozen=True)
class Run:
    """One side of a comparison. `loop`: what the longer problem executes beyond the shorter; `right`: results as NumPy has them."""

    total: Executed
    loop: Executed
    right: bool
    vgprs: int
    agprs: int
    sgprs: int
    spills: int
    scratch: int
    lds: int
    lanes: int


def class_of(instruction: dict[str, Any]) -> str:
    """The class of a described instruction. DPP moves between lanes whatever else it does."""
    name = str(instruction["record"])
    if instruction["exchange"] and name.startswith("v_mov"):
        return "moves"
    return next((kind for kind, stems in _CLASSES if name.startswith(stems)), "other")


def run(code: bytes, case: Case, geometry: Callable[[int], Geometry]) -> Run:
    """Both lengths of a problem. `geometry(lanes)` for waves of that many lanes. Raises `CannotRun`."""
    try:
        kernel = Module(code).kernel(case.kernel)
        short, long = (_launch(kernel, case.problem(k), geometry(kernel.lanes)) for k in case.lengths)
    except (Fault, ValueError, KeyError) as error:
        raise CannotRun(str(error)) from error
    return Run(long[0], long[0].without(short[0]), short[1] and long[1], kernel.vgprs, kernel.agprs, kernel.sgprs,
               kernel.vgpr_spills + kernel.sgpr_spills, kernel.scratch_bytes, kernel.lds_bytes + geometry(kernel.lanes).shared,
               kernel.lanes)


def _launch(kernel: Kernel, problem: Problem, geometry: Geometry) -> tuple[Executed, bool]:
    statistics = Statistics(at=kernel.counters())
    values = [a if a.ndim else a[()] for a in problem.arguments]
    kernel.launch(geometry.blocks, geometry.threads, values, dynamic_lds=geometry.shared, statistics=statistics)
    assert statistics.at is not None
    return _executed(kernel, statistics, statistics.at), problem.is_right()


def _executed(kernel: Kernel, statistics: Statistics, at: NDArray[np.uint64]) -> Executed:
    classes: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for dword in map(int, np.flatnonzero(at)):
        instruction = kernel.instruction(dword)
        classes[class_of(instruction)] += int(at[dword])
        names[instruction["record"] + ("_dpp" if instruction["exchange"] else "")] += int(at[dword])
    return Executed(classes, names, statistics.lds_bytes, statistics.transactions_64)
