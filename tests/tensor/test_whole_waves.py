"""Which matrix instructions gfx942 executes: those of whole waves where both warps are together and registers suffice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

# Each of the first WARPS warps multiplies SIDE by SIDE tiles of ones; whatever comes out has to be `k`, of the others zero.
PROGRAM = """
#include <cstdio>
#include <mma.h>
namespace wmma = nvcuda::wmma;

__global__ void BOUNDS products(const half* ones, float* d, int k) {
  wmma::fragment<wmma::accumulator, 16, 16, 16, float> sums[SIDE][SIDE];
  for (auto& row : sums) for (auto& each : row) wmma::fill_fragment(each, 0.0f);
  for (int at = 0; at < k; at += 16) {
    if (threadIdx.x / 32 >= WARPS * k / 32) continue;
    wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> a[SIDE];
    wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::col_major> b[SIDE];
    for (int i = 0; i < SIDE; ++i) {
      wmma::load_matrix_sync(a[i], ones + 16 * i * k + at, k);
      wmma::load_matrix_sync(b[i], ones + 16 * i * k + at, k);
    }
    for (int i = 0; i < SIDE; ++i) for (int j = 0; j < SIDE; ++j) wmma::mma_sync(sums[i][j], a[i], b[j], sums[i][j]);
  }
  float* own = d + threadIdx.x / 32 * SIDE * SIDE * 256;
  for (int i = 0; i < SIDE * SIDE; ++i) wmma::store_matrix_sync(own + 256 * i, sums[i / SIDE][i % SIDE], 16, wmma::mem_row_major);
}

int main() {
  const int k = 32, count = THREADS / 32 * SIDE * SIDE * 256;
  half* ones;
  float* d;
  cudaMallocManaged(&ones, 16 * SIDE * k * sizeof(half));
  cudaMallocManaged(&d, count * sizeof(float));
  for (int i = 0; i < 16 * SIDE * k; ++i) ones[i] = __float2half(1);
  products<<<1, THREADS>>>(ones, d, k);
  if (cudaDeviceSynchronize() != cudaSuccess) return 1;
  for (int i = 0; i < count; ++i) if (d[i] != (i / (SIDE * SIDE * 256) < WARPS ? k : 0)) return 2;
}
"""
WHOLE, OWN = "v_mfma_f32_16x16x4_4b_f16", "v_mfma_f32_4x4x4_16b_f16"


@pytest.mark.parametrize("case", [
    (2, 128, 2, "", {WHOLE: 2 * 2 * 2 * 2}),
    pytest.param((2, 64, 2, "", {WHOLE: 2 * 2 * 2 * 2}, "-lineinfo"), marks=pytest.mark.slow),
    pytest.param((2, 64, 1, "", {}), marks=pytest.mark.slow),
    pytest.param((2, 128, 3, "", {WHOLE: 2 * 2 * 2 * 2}), marks=pytest.mark.slow),
    pytest.param((2, 32, 1, "", {OWN: 2 * 2 * 2 * 8}), marks=pytest.mark.slow),
    pytest.param((4, 64, 2, "", {OWN: 4 * 4 * 2 * 8}), marks=pytest.mark.slow),
    pytest.param((4, 64, 2, "__launch_bounds__(128)", {WHOLE: 4 * 4 * 2 * 2}), marks=pytest.mark.slow),
])  # fmt: skip
def test_executed(crosswarp_nvcc, toolkit: Path, tmp_path: Path, case: tuple) -> None:
    """Tiles along a side, threads, warps that multiply, launch bounds, what is executed, and further options."""
    side, threads, warps, bounds, expected, *further = case
    source, program, counts = tmp_path / "x.cu", tmp_path / "x", tmp_path / "counts"
    source.write_text(PROGRAM)
    options = [f"-DSIDE={side}", f"-DTHREADS={threads}", f"-DWARPS={warps}", f"-DBOUNDS={bounds}", *further]
    crosswarp_nvcc(source, "-o", program, "--targets=gfx942,only", "-arch=sm_80", *options, timeout=1200)
    environment = {"CROSSWARP_DEVICE": "emu:gfx942", "CROSSWARP_EMU_COUNT": str(counts), "LD_LIBRARY_PATH": f"{toolkit}/lib64"}
    type(crosswarp_nvcc)((str(program),), environment)(timeout=1200)
    executed = Counter({words[1]: int(words[2]) for words in map(str.split, counts.read_text().splitlines())})
    assert {name: count for name, count in executed.items() if "mfma" in name} == expected
