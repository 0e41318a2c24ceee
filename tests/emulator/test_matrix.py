"""Matrix instructions against products computed with NumPy in double precision, or exactly.

A matrix is put into the registers by layouts written from the register's side (matrix_layout.py); the emulator's go the other way.
"""

from __future__ import annotations

from functools import cache
from zlib import crc32

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import Wave
from numpy.typing import NDArray

from tests.emulator.matrix_instructions import Matrix, all_matrices
from tests.emulator.matrix_layout import put, take
from tests.emulator.matrix_numbers import NUMBERS, Bits, Values

A, B, INDICES, C, D = 0, 16, 40, 48, 88  # first registers
MATRICES = {str(m): m for m in all_matrices()}
BY_NAME = pytest.mark.parametrize("matrix", MATRICES.values(), ids=MATRICES.keys())


def statement(matrix: Matrix, modifiers: str | None = None, accumulate: str = "v") -> str:
    """The instruction with its operands, C and D in vector or (`a`) accumulation registers."""

    def span(first: int, count: int, file: str = "v") -> str:
        return f"{file}[{first}:{first + count - 1}]" if count > 1 else f"{file}{first}"

    a, b, d = (f.registers for f in matrix.fragments)
    third = span(INDICES, 1) if matrix.sparse else span(C, d, accumulate)
    operands = ", ".join([span(D, d, accumulate), span(A, a), span(B, b), third])
    return f"{matrix.name} {operands}{matrix.modifiers if modifiers is None else modifiers}"


@cache
def machine_code(arch: str, lanes: int) -> dict[str, bytes]:
    """All instructions of an architecture, assembled at once."""
    matrices = [m for m in MATRICES.values() if (m.arch, m.lanes) == (arch, lanes)]
    code = assemble("\n".join(f"{statement(m)}\ns_endpgm" for m in matrices), arch, lanes)
    return {m.name: code[12 * n : 12 * n + 12] for n, m in enumerate(matrices)}


def random_for(matrix: Matrix) -> np.random.Generator:
    return np.random.default_rng(crc32(str(matrix).encode()))


def load(matrix: Matrix, inputs: tuple[Bits, Bits, Bits], accumulate: int = 0) -> Wave:
    """A wave with A, B and C (D of sparse forms) in their registers; other bits are noise."""
    wave = Wave(matrix.arch, matrix.lanes)
    wave.vgpr[:] = np.random.default_rng(7).integers(0, 1 << 32, wave.vgpr.shape, np.uint32)
    firsts = (A, B, (D if matrix.sparse else C) + accumulate)
    for fragment, first, bits in zip(matrix.fragments, firsts, inputs, strict=True):
        put(wave.vgpr, first, fragment, bits)
    return wave


def product(a: Values, b: Values) -> tuple[Values, Values]:
    """A * B, and the sum of the products' magnitudes, for blocks of A [i, k] and B [j, k]."""
    with np.errstate(invalid="ignore"):
        return np.einsum("bik,bjk->bij", a, b), np.einsum("bik,bjk->bij", np.abs(a), np.abs(b))


def spread(a: NDArray[np.generic], picks: NDArray[np.int64]) -> NDArray[np.generic]:
    """Sparse A as a dense one: element `s` of a row goes to place `picks[s]` of its four."""
    dense = np.zeros((*a.shape[:2], 2 * a.shape[2]), a.dtype)
    columns = np.arange(a.shape[2]) // 2 * 4 + picks
    np.put_along_axis(dense, columns, a, axis=2)
    return dense


def put_indices(matrix: Matrix, wave: Wave, random: np.random.Generator) -> NDArray[np.int64]:
    """Random indices, two rising ones for each pair, in the first set; the others are noise."""
    shape = matrix.fragments[0].shape
    pairs = np.array([(x, y) for y in range(4) for x in range(y)])
    picks = pairs[random.integers(0, 6, (*shape[:2], shape[2] // 2))].reshape(shape)
    for lane, element, where in matrix.fragments[0].places(matrix.lanes):
        kept = int(wave.vgpr[INDICES, lane]) & ~(3 << 2 * element)
        wave.vgpr[INDICES, lane] = kept | int(picks[where]) << 2 * element
    return picks


def small_integers(matrix: Matrix, random: np.random.Generator) -> tuple[Values, Values, Values]:
    """Numbers that every format has, and whose sums are exact in every result."""
    return tuple(random.integers(-3, 4, f.shape).astype(np.float64) for f in matrix.fragments)  # type: ignore[return-value]


def run(matrix: Matrix, wave: Wave) -> Values:
    """The values of D after the instruction."""
    wave.run(machine_code(matrix.arch, matrix.lanes)[matrix.name])
    return matrix.d.values(take(wave.vgpr, D, matrix.fragments[2]))


def encode(matrix: Matrix, values: tuple[Values, Values, Values]) -> tuple[Bits, Bits, Bits]:
    numbers = (matrix.a, matrix.b, matrix.d)
    return tuple(number.encode(v) for number, v in zip(numbers, values, strict=True))  # type: ignore[return-value]


@BY_NAME
def test_small_integers(matrix: Matrix) -> None:
    random = random_for(matrix)
    a, b, c = small_integers(matrix, random)
    wave = load(matrix, encode(matrix, (a, b, c)))
    if matrix.sparse:
        a = spread(a, put_indices(matrix, wave, random))
    wave.exec = 0x5  # plays no part
    np.testing.assert_array_equal(run(matrix, wave), product(a, b)[0] + c)


def random_bits(number_width: int, shape: tuple[int, ...], random: np.random.Generator) -> Bits:
    return random.integers(0, 1 << number_width, shape, np.uint64)


@BY_NAME
def test_random_numbers(matrix: Matrix) -> None:
    """Integers exactly modulo 2^32; floats within one rounding for each product and one of the result."""
    random = random_for(matrix)
    if matrix.a.is_integer:
        numbers = zip((matrix.a, matrix.b, matrix.d), matrix.fragments, strict=True)
        inputs = tuple(random_bits(n.width, f.shape, random) for n, f in numbers)
    else:
        inputs = encode_random(matrix, random)
    wave = load(matrix, inputs)
    values = tuple(n.values(bits) for n, bits in zip((matrix.a, matrix.b, matrix.d), inputs, strict=True))
    a = spread(values[0], put_indices(matrix, wave, random)) if matrix.sparse else values[0]
    got = run(matrix, wave)
    ab, magnitude = product(a, values[1])
    exact = ab + values[2]
    if matrix.a.is_integer:
        np.testing.assert_array_equal(got, (exact + 2**31) % 2**32 - 2**31)
        return
    steps = a.shape[2] + 1
    sums = NUMBERS["f64" if matrix.d.width == 64 else "f32"].epsilon
    bound = 2 * steps * sums * (magnitude + np.abs(values[2])) + matrix.d.epsilon * np.abs(exact)
    assert np.all(np.abs(got - exact) <= bound)
    assert np.any(bound < 1e-2 * np.abs(exact))


def encode_random(matrix: Matrix, random: np.random.Generator) -> tuple[Bits, Bits, Bits]:
    """Floats around 1 of either sign, with all bits of the fraction in use."""

    def bits(name: str, width: int, shape: tuple[int, ...]) -> Bits:
        if width == 8:  # exponents up to 2^3 from 2^-4: products stay in range
            raw = random_bits(8, shape, random)
            values = np.abs(NUMBERS[name].values(raw))
            return np.where((values >= 2.0**-4) & (values <= 8), raw, NUMBERS[name].encode(np.ones(shape)))
        exact = random.normal(size=shape)
        return NUMBERS[name].encode(exact.astype(np.float32).astype(np.float64) if name == "bf16" else exact)

    numbers = (matrix.a, matrix.b, matrix.d)
    return tuple(bits(n.name, n.width, f.shape) for n, f in zip(numbers, matrix.fragments, strict=True))  # type: ignore[return-value]


FLOATS = [m for m in MATRICES.values() if not m.a.is_integer and m.a.name in ("f64", "f32", "f16", "bf16")]


@pytest.mark.parametrize("matrix", FLOATS, ids=map(str, FLOATS))
def test_special_values(matrix: Matrix) -> None:
    """One infinity makes its row of D infinite, one NaN its column NaN, and infinity times 0 is NaN."""
    ones = tuple(np.ones(f.shape) for f in matrix.fragments)
    a, b, c = ones
    a[0, 1, 0], b[0, 2, 0], b[0, 3, 0] = np.inf, np.nan, 0.0
    wave = load(matrix, encode(matrix, ones))
    if matrix.sparse:  # the elements at the first two of each four
        for lane, element, _ in matrix.fragments[0].places(matrix.lanes):
            kept = int(wave.vgpr[INDICES, lane]) & ~(3 << 2 * element)
            wave.vgpr[INDICES, lane] = kept | (element % 2) << 2 * element
        b = b[:, :, np.arange(b.shape[2]) % 4 < 2]
    expected = product(a, b)[0] + c
    np.testing.assert_array_equal(run(matrix, wave), expected)
    assert np.isnan(expected[0, 1, 3])
