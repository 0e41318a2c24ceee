"""Every f32 function of one argument over all 2^32 bit patterns, natively, judged by the library's own f64 function.

The f64 functions are measured against mpmath (`accuracy.py`): their errors of a few 2^-53 do not show in an f32 ulp. The loops are
compiled with the library inlined, as kernels are, so that they are loops of vectors where the function allows it.
"""

from __future__ import annotations

import ctypes
import math
import platform
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from crosswarp.support.toolchain import cc1_command, lld_command, resource_dir, run_tool
from crosswarp.targets import build
from crosswarp.targets.devicelib.tools.accuracy import PROMISES, Promise
from crosswarp.targets.devicelib.tools.host_library import LIBCALLS, SOURCES

HARNESS = Path(__file__).with_suffix(".cpp")
BLOCK = 4096
# One call sweeps as many: ctypes lets Python notice a signal between calls.
CALL_BLOCKS = 4096
SWEPT = [promise for promise in PROMISES if len(promise.intervals) == 1]


class _Found(ctypes.Structure):
    _fields_ = [("worst", ctypes.c_float), ("at", ctypes.c_uint32), ("absolute", ctypes.c_float), ("reserved", ctypes.c_uint32)]


class _Range(ctypes.Structure):
    _fields_ = [("first", ctypes.c_uint32), ("blocks", ctypes.c_uint32), ("skip_low", ctypes.c_float),
                ("skip_high", ctypes.c_float), ("absolute_from", ctypes.c_float)]  # fmt: skip


@dataclass(frozen=True)
class Swept:
    """Worst error in ulp and where; worst absolute error where only that counts; number of bit patterns; processor time."""

    ulp: float
    at: float
    absolute: float
    patterns: int
    seconds: float


class Sweeper:
    """Builds the loops in `folder` for `processor` (a level of this machine's architecture) and runs them."""

    def __init__(self, folder: Path, processor: str | None = None) -> None:
        machine = platform.machine()
        triple = f"{machine}-unknown-linux-gnu"
        chosen = processor or ("x86-64-v3" if machine == "x86_64" else "generic")
        libraries = [
            build.Library("math", triple, (), tuple(sorted(SOURCES.glob("*.cpp"))), SOURCES),
            build.Library("libcalls", triple, ("-Wno-psabi",), tuple(sorted(LIBCALLS.glob("*.cpp"))), LIBCALLS),
        ]
        build.Builder(folder, folder / "work", 1).build(libraries)
        common = ["-triple", triple, "-target-cpu", chosen, "-O3", "-vectorize-loops",
                  "-mrelocation-model", "pic", "-pic-level", "2", "-emit-obj"]  # fmt: skip
        source = folder / "sweep.cpp"
        source.write_text(HARNESS.read_text() + "".join(f"SWEEP({promise.name})\n" for promise in SWEPT))
        library = ["-mlink-builtin-bitcode", str(folder / "devicelib" / "math.bc")]
        language = ["-x", "c++", "-std=c++20", "-ffreestanding", "-ffp-contract=off",
                    "-internal-isystem", str(Path(resource_dir()) / "include")]  # fmt: skip
        run_tool(cc1_command(*common, *library, *language, str(source), "-o", str(folder / "sweep.o")))
        run_tool(cc1_command(*common, "-x", "ir", str(folder / "devicelib" / "libcalls.bc"), "-o", str(folder / "libcalls.o")))
        shared = folder / "sweep.so"
        objects = [str(folder / f"{name}.o") for name in ("sweep", "libcalls")]
        run_tool(lld_command("-shared", "-Bsymbolic", "--no-undefined", *objects, "-o", str(shared)))
        self.library = ctypes.CDLL(str(shared))

    def sweep(self, promise: Promise, every: int = 1) -> Swept:
        """All bit patterns; with `every` one block of 4096 patterns in so many."""
        found = _Found(0.0, 0, 0.0, 0)
        patterns, started = 0, time.process_time()
        for bounds in _ranges(promise, every):
            self.library[f"sweep_{promise.name}"](ctypes.byref(bounds), ctypes.byref(found))
            patterns += bounds.blocks * BLOCK
        at = float(np.uint32(found.at).view(np.float32))
        return Swept(found.worst, at, found.absolute, patterns, time.process_time() - started)


def _ranges(promise: Promise, every: int) -> Iterator[_Range]:
    low, high = promise.skip or (math.inf, -math.inf)
    start = promise.absolute_from if promise.absolute else math.inf
    blocks, step = (CALL_BLOCKS, CALL_BLOCKS) if every == 1 else (1, every)
    for block in range(0, 2**32 // BLOCK, step):
        yield _Range(block * BLOCK, blocks, low, high, start)
