"""The kernels that are compared, and what they are launched with.

A kernel's launch stands in a comment above it, in benchmarks/kernels/*.cu:

    // run: <<<4x4, 16x16>>> f32[4096] i32[512]%100 i32=64 f32=1.5
    extern "C" __global__ void name(float* a, int* b, int n, float c) { ... }

`<<<blocks, threads>>>`, each `4`, `4x2` or `4x2x1`; then the arguments in order. An array has a type, a number of elements and how
it is filled: floats from [0, 1), integers from [0, 2^31), `%m` from [0, m), `*m` with 0, m, 2m, ...; a scalar has a value. `~`
says that the order of an array's elements depends on which thread comes first. A kernel without the comment is compiled and
counted, not run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_TYPES = {"f32": np.float32, "f64": np.float64, "i32": np.int32}
_ARRAY = re.compile(r"(f32|f64|i32)\[(\d+)\](?:([%*])(\d+))?~?")
_SCALAR = re.compile(r"(f32|f64|i32)=(\S+)")
_LAUNCH = re.compile(r"// run: <<<([\dx]+), ([\dx]+)>>> (.*)\nextern \"C\" __global__ void (?:__launch_bounds__\(\d+\) )?(\w+)\(")
_LARGEST = 2**31 - 1
_ALIGNMENT = 256  # bytes, as cudaMalloc and hipMalloc have it: transactions depend on it
Array = NDArray[np.generic]


@dataclass(frozen=True)
class Launch:
    """Blocks and threads of each dimension, and one word for each argument."""

    blocks: tuple[int, int, int]
    threads: tuple[int, int, int]
    words: tuple[str, ...]

    def in_order(self, arguments: list[Array]) -> list[Array]:
        """The arguments after a launch, with arrays sorted whose order means nothing."""
        return [np.sort(a) if word.endswith("~") else a for word, a in zip(self.words, arguments, strict=True)]

    def arguments(self) -> list[Array]:
        """Arrays for pointers, arrays of no dimension for values: the same numbers each time."""
        random = np.random.default_rng(20260721)
        return [_aligned(_argument(word, random)) for word in self.words]


@dataclass(frozen=True)
class Source:
    """A file of kernels; `launches` by kernel name."""

    path: Path
    launches: dict[str, Launch]


def read_source(path: Path) -> Source:
    """The launches that a file's comments describe."""
    found = _LAUNCH.finditer(path.read_text())
    return Source(path, {m[4]: Launch(_dimensions(m[1]), _dimensions(m[2]), tuple(m[3].split())) for m in found})


def _dimensions(text: str) -> tuple[int, int, int]:
    x, y, z = [*map(int, text.split("x")), 1, 1][:3]
    return x, y, z


def _aligned(array: Array) -> Array:
    if array.ndim == 0:
        return array
    room = np.empty(array.nbytes + _ALIGNMENT, np.uint8)
    start = -room.ctypes.data % _ALIGNMENT
    result = room[start : start + array.nbytes].view(array.dtype)
    result[:] = array
    return result


def _argument(word: str, random: np.random.Generator) -> Array:
    if scalar := _SCALAR.fullmatch(word):
        return np.array(float(scalar[2]), _TYPES[scalar[1]])
    array = _ARRAY.fullmatch(word)
    if array is None:
        raise ValueError(f"'{word}' is no argument of a launch")
    kind, count = _TYPES[array[1]], int(array[2])
    if array[3] == "*":
        return np.arange(count, dtype=kind) * kind(array[4])
    if kind is np.int32:
        return random.integers(0, int(array[4]) if array[3] else _LARGEST, count).astype(kind)
    return random.random(count).astype(kind)
