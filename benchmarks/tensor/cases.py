"""What is compared: a CUDA kernel of cuda/ and its counterpart by AMD's built-ins in amd/, with arguments and the right result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.generic]
Exact = NDArray[np.float64]
_SEED = 20260721
_ALIGNMENT = 256  # bytes, as cudaMalloc and hipMalloc have it


@dataclass(frozen=True)
class Problem:
    """Arguments of a launch; after it `arguments[result]` is to be `exact` within `bound`."""

    arguments: tuple[Array, ...]
    result: int
    exact: Exact
    bound: Exact

    def is_right(self) -> bool:
        """Whether the result, after a launch, is within its bound."""
        got = self.arguments[self.result].astype(np.float64)
        return bool(np.all(np.abs(got - self.exact) <= self.bound))


@dataclass(frozen=True)
class Geometry:
    """Blocks, threads of a block, bytes of dynamic shared memory."""

    blocks: tuple[int, int]
    threads: tuple[int, int]
    shared: int = 0


@dataclass(frozen=True)
class Case:
    """One kernel. `problem(k)` for a length of its main loop; `lengths`: two, their difference is what the loop itself costs.

    `by_hand(lanes, tile)`: how the counterpart is launched with waves of that many lanes and tiles of that many rows.
    """

    kernel: str
    source: str
    problem: Callable[[int], Problem]
    lengths: tuple[int, int]
    geometry: Geometry
    by_hand: Callable[[int, int], Geometry]
    only_mfma: bool = False  # AMD's other processors have no such product
    has_large_tiles: bool = True


def _aligned(array: Array) -> Array:
    room = np.empty(array.nbytes + _ALIGNMENT, np.uint8)
    start = -room.ctypes.data % _ALIGNMENT
    result = room[start : start + array.nbytes].view(array.dtype).reshape(array.shape)
    result[:] = array
    return result


def _factor(kind: str, shape: tuple[int, int], random: np.random.Generator) -> tuple[Array, Exact]:
    """A matrix as it lies in memory, and its values. Floats have few bits, so that many sums are exact."""
    if kind == "s8":
        whole = random.integers(-128, 128, shape, np.int8)
        return _aligned(whole), whole.astype(np.float64)
    values = random.uniform(-1, 1, shape).astype({"f64": np.float64, "f16": np.float16, "bf16": np.float32}[kind])
    if kind == "bf16":
        bits = values.view(np.uint32) >> 16
        return _aligned(bits.astype(np.uint16)), (bits << 16).astype(np.uint32).view(np.float32).astype(np.float64)
    return _aligned(values), values.astype(np.float64)


_SUMS: dict[str, type[np.generic]] = {"s8": np.int32, "f64": np.float64}


def gemm(kind: str, size: int, k: int, sides: int, factor_of_c: int = 3) -> Problem:
    """D = alpha A B + factor C, `size` by `size`; B lies by columns. `sides` of m, n, k are passed (k last)."""
    random = np.random.default_rng(_SEED)
    (a, x), (b, y) = (_factor(kind, (size, k), random) for _ in range(2))
    number = _SUMS.get(kind, np.float32)
    c = _aligned(random.integers(-8, 9, (size, size)).astype(number))
    alpha, beta = number(2), number(3)  # type: ignore[call-arg]
    exact = 2 * (x @ y.T) + factor_of_c * c.astype(np.float64)
    magnitude = 2 * (np.abs(x) @ np.abs(y.T)) + factor_of_c * np.abs(c.astype(np.float64))
    rounding = {"s8": 0.0, "f64": 2.0**-53}.get(kind, 2.0**-24)
    lengths = [np.int32(size)] * (sides - 1) + [np.int32(k)]
    arguments = (a, b, c, _aligned(np.zeros_like(c)), *(np.asarray(x) for x in (*lengths, alpha, beta)))
    return Problem(arguments, 3, exact, (k + 4) * rounding * magnitude)


def _block_gemm(kind: str) -> Case:
    geometry = Geometry((1, 1), (256, 1), 64 << 10)
    return Case(f"block_gemm_{kind}", "block_gemm", lambda k: gemm(kind, 128, k, 2, factor_of_c=6), (128, 256), geometry,
                lambda *_: geometry)


def _simple_gemm(kind: str) -> Case:
    is_double = kind == "f64"
    return Case(f"simple_gemm_{kind}", "simple_gemm", lambda k: gemm(kind, 64, k, 3), (128, 256), Geometry((1, 1), (128, 4)),
                lambda lanes, tile: Geometry((1, 1), (64 // tile * lanes, 64 // tile)), is_double, not is_double)


def attention(length: int) -> Problem:
    """64 queries, `length` keys and values, of 64 dimensions; weights are rounded to f16 before the second product."""
    random = np.random.default_rng(_SEED)
    (q, x), (k, y), (v, z) = (_factor("f16", (n, 64), random) for n in (64, length, length))
    weights = np.exp((x @ y.T) / 8)
    weights /= weights.sum(1, keepdims=True)
    arguments = (q, k, v, _aligned(np.zeros_like(q)), np.asarray(np.int32(length)), np.asarray(np.float32(np.log2(np.e) / 8)))
    return Problem(arguments, 3, weights @ z, 2.0**-10 * (weights @ np.abs(z)) + 2.0**-12)


def _attention() -> Case:
    geometry = Geometry((1, 1), (128, 1))
    return Case("attention", "attention", attention, (64, 128), geometry, lambda *_: geometry)


CASES = (*(_block_gemm(kind) for kind in ("f16", "bf16", "s8")), *(_simple_gemm(kind) for kind in ("f16", "bf16", "s8", "f64")),
         _attention())
