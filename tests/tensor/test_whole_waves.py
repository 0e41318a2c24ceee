"""Which matrix instructions gfx942 executes: those of whole waves where both warps are together and registers suffice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

# Each warp multiplies SIDE by SIDE tiles of ones; whatever comes out has to be `k`.
PROGRAM = """
#include <cstdio>
#include <mma.h>
namespace wmma = nvcuda::wmma;

__global__ void BOUNDS products(const half* ones, float* d, int k) {
  wmma::fragment<wmma::accumulator, 16, 16, 16, float> sums[SIDE][SIDE];
  for (auto& row : sums) for (auto& each : row) wmma::fill_fragment(each, 0.0f);
  for (int at = 0; at < k; at += 16) {
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
  for (int i = 0; i < count; ++i) if (d[i] != k) return 2;
}
"""
WHOLE, OWN = "v_mfma_f32_16x16x4_4b_f16", "v_mfma_f32_4x4x4_16b_f16"


@pytest.mark.parametrize("case", [
    (2, 64, "", {WHOLE: 2 * 2 * 2 * 2}),
    pytest.param((2, 32, "", {OWN: 2 * 2 * 2 * 8}), marks=pytest.mark.slow),
    pytest.param((4, 64, "", {OWN: 4 * 4 * 2 * 8}), marks=pytest.mark.slow),
    pytest.param((4, 64, "__launch_bounds__(128)", {WHOLE: 4 * 4 * 2 * 2}), marks=pytest.mark.slow),
])  # fmt: skip
def test_executed(crosswarp_nvcc, toolkit: Path, tmp_path: Path, case: tuple[int, int, str, dict[str, int]]) -> None:
    """Tiles along a side, threads, launch bounds, and what is executed."""
    side, threads, bounds, expected = case
    source, program, counts = tmp_path / "x.cu", tmp_path / "x", tmp_path / "counts"
    source.write_text(PROGRAM)
    options = [f"-DSIDE={side}", f"-DTHREADS={threads}", f"-DBOUNDS={bounds}"]
    crosswarp_nvcc(source, "-o", program, "--targets=gfx942,only", "-arch=sm_80", *options, timeout=1200)
    environment = {"CROSSWARP_DEVICE": "emu:gfx942", "CROSSWARP_EMU_COUNT": str(counts), "LD_LIBRARY_PATH": f"{toolkit}/lib64"}
    type(crosswarp_nvcc)((str(program),), environment)(timeout=1200)
    executed = Counter({words[1]: int(words[2]) for words in map(str.split, counts.read_text().splitlines())})
    assert {name: count for name, count in executed.items() if "mfma" in name} == expected
