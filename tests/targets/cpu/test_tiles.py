"""Matrices that a warp's first lane holds: exact sums on every processor, order of memory, what needs no meeting."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from crosswarp.targets.base import StageContext, TargetOptions
from crosswarp.targets.cpu.lower import lower

from tests.targets.cpu.device_code import COROUTINE, INPUTS, LOOP, DeviceCode, device_ir

_FLAGS = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
_NEEDS_512 = pytest.mark.skipif("avx512vl" not in _FLAGS, reason="the processor has no AVX-512")
LEVELS = ("x86-64", pytest.param("x86-64-v2", marks=pytest.mark.slow), "x86-64-v3",
          pytest.param("x86-64-v4", marks=_NEEDS_512), pytest.param("native", marks=pytest.mark.slow))  # fmt: skip


@pytest.fixture(scope="module")
def portable(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return device_ir((INPUTS / "tiles.cu").read_text(), tmp_path_factory.mktemp("tiles"))


@pytest.fixture(scope="module", params=LEVELS)
def code(request: pytest.FixtureRequest, portable: bytes, tmp_path_factory: pytest.TempPathFactory) -> DeviceCode:
    return DeviceCode(portable, tmp_path_factory.mktemp(request.param), request.param)


def halves(rows: int, columns: int) -> np.ndarray:
    """Multiples of 2**-10: products of two and sums of few are exact in double precision, not in single."""
    return (np.random.default_rng(rows + columns).integers(-1024, 1024, (rows, columns)) / 1024).astype(np.float16)


def in_order(a: np.ndarray, b: np.ndarray, c: np.ndarray | float = 0.0) -> np.ndarray:
    """C + A B with k ascending, each sum rounded once."""
    total = np.broadcast_to(np.float32(c), (len(a), b.shape[1])).copy()
    for k in range(a.shape[1]):
        total = (total + np.outer(a[:, k].astype(float), b[k].astype(float))).astype(np.float32)
    return total


A, B = halves(16, 16), halves(16, 16)[::-1].copy()
C = np.random.default_rng(3).uniform(-2, 2, (2, 16, 16)).astype(np.float32)


@pytest.mark.parametrize("by_columns", [0, 1])
def test_sums_are_made_in_order(code: DeviceCode, by_columns: int) -> None:
    a, b, d = halves(16, 80), halves(80, 16), np.zeros((16, 16), np.float32)
    code.launch("product", 1, 32, a, b.T.copy() if by_columns else b, d, 80, by_columns)
    assert np.array_equal(d, in_order(a, b))


def test_elementwise(code: DeviceCode) -> None:
    d = np.zeros((16, 16), np.float32)
    code.launch("scaled", 1, 32, A, B, C, d, 1.5)
    fused = (in_order(A, B).astype(float) * 1.5 + C[0]).astype(np.float32)
    assert np.array_equal(d, np.maximum(fused, 0))


def test_lanes_with_values_of_their_own(code: DeviceCode) -> None:
    zeros, d, same = np.zeros((16, 16), np.float16), np.zeros((2, 256), np.float32), np.zeros(32, np.int32)
    code.launch("by_lane", 1, 32, zeros, B, d, same)
    assert same.tolist() == [8] * 32
    assert sorted(d[0]) == list(range(256))
    assert np.array_equal(d[1], d[0].astype(int) // 8 % 2)


@pytest.mark.parametrize("turns", [0, 1, 4, 5])
def test_sums_that_change_places(code: DeviceCode, turns: int) -> None:
    d = np.zeros((2, 16, 16), np.float32)
    code.launch("swapped", 1, 32, A, B, C, d, turns)
    first, second = C
    for _ in range(turns):
        first, second = in_order(A, B, second), first
    assert np.array_equal(d, [first, second])


def test_memory_in_the_order_of_the_program(code: DeviceCode) -> None:
    d = np.zeros(288, np.float32)
    code.launch("ordered", 1, 32, A, B, C, d)
    assert np.array_equal(d[255::-1].reshape(16, 16), in_order(A, B, C[0]))
    seen = np.zeros(32, np.float32)
    for row in C[0].ravel()[::-1].reshape(8, 32):
        seen += row
    assert np.array_equal(d[256:], seen)


def test_matrices_from_rows(code: DeviceCode) -> None:
    lane, pair, b = np.arange(32)[:, None], np.arange(2), B[:, :8].copy()
    rows, columns = lane // 4, lane % 4 * 2
    d, seen, right = np.zeros((2, 32, 4), np.float32), np.zeros((32, 2), np.float16), in_order(A, b)
    code.launch("from_rows", 1, 32, A, b, b.T.copy(), d, seen)
    assert np.array_equal(seen, A[rows, columns + pair])
    for found in d:
        assert np.array_equal(found, np.concatenate([right[rows, columns + pair], right[rows + 8, columns + pair]], 1))


@pytest.mark.parametrize("turns", [0, 1, 3])
def test_registers_behind_a_loop(code: DeviceCode, turns: int) -> None:
    lane, pair = np.arange(32)[:, None], np.arange(2)
    rows, columns = lane // 4, lane % 4 * 2
    a = np.stack([A[rows + 8 * (n % 2), columns + 8 * (n // 2) + pair] for n in range(4)], 1)
    b = np.stack([B[columns + 8 * n + pair, rows] for n in range(2)], 1)
    d, right = np.zeros((32, 4), np.float32), np.zeros((16, 8), np.float32)
    code.launch("handed_out", 1, 32, a.copy(), b.copy(), d, turns)
    for _ in range(turns):
        right = in_order(A, B[:, :8], right)
    assert np.array_equal(d, np.concatenate([right[rows, columns + pair], right[rows + 8, columns + pair]], 1))


def test_what_needs_no_meeting(code: DeviceCode) -> None:
    """Threads run one after the other where matrices are only loaded, multiplied, computed by element and stored."""
    models = {name: kernel.model for name, kernel in code.kernels.items()}
    assert {name for name, model in models.items() if model == LOOP} == {"product", "scaled", "swapped"}
    assert models["ordered"] == models["by_lane"] == COROUTINE


def body(code: DeviceCode, kernel: str) -> str:
    """What a thread runs, as LLVM text."""
    found = re.search(rf"^define [^\n]*@{kernel}\.thread\(.*?^}}", code.stages["ll"].decode(), re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[0]


def test_registers_are_handed_out_once(code: DeviceCode) -> None:
    text = body(code, "handed_out")
    assert text.count("call void @__cwcpu.tile.scatter") == 1
    assert text.count("call i8 @llvm.coro.suspend") == 2


def test_report(portable: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--report=tensor-layout` tells where each matrix of a product comes from."""
    lower(portable, StageContext("x86-64-v3", tmp_path, TargetOptions(report_layouts=True)))
    lines = capsys.readouterr().err.splitlines()
    name, rows = "mma.m16n16k16.row.col.f32.f16.f16.f32", "is read from ldmatrix's rows"
    made = f"{name} is computed by the warp's first lane: A {rows}, B {rows}, C is the same everywhere"
    assert f"side_by_side: {made}; D is handed out to all lanes at a meeting [x86-64-v3]" in lines
    assert any(line.startswith("handed_out: ") and "A is gathered from the registers of all lanes" in line for line in lines)


def test_rows_and_products_side_by_side(code: DeviceCode) -> None:
    """One meeting for the rows of all matrices, one product, and one meeting that hands its registers out."""
    lane, pair, d = np.arange(32)[:, None], np.arange(2), np.zeros((2, 32, 4), np.float32)
    rows, columns, right = lane // 4, lane % 4 * 2, in_order(A, B)
    code.launch("side_by_side", 1, 32, A, B, d)
    for n, found in enumerate(d):
        assert np.array_equal(found, np.concatenate([right[rows + 8 * i, columns + 8 * n + pair] for i in range(2)], 1))
    text = body(code, "side_by_side")
    assert text.count("call void @__cwcpu.tile.floats") == text.count("call void @__cwcpu.tile.scatter") == 1
    assert text.count("call i8 @llvm.coro.suspend") == 3  # the first is __syncwarp
