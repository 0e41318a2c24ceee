"""CROSSWARP_EMU_CHECK=memory,values: accesses outside of allocations, and loads of bytes that nobody has written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = """\
#include <cstring>
__global__ void add(int* to, const int* from, int first, int count) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < count) to[first + i] = from[first + i] + 1;
}
__global__ void wide(int4* to) { *to = make_int4(1, 2, 3, 4); }
__global__ void shared(int* to, int at) {
  extern __shared__ int values[];
  values[at] = 1;
  to[0] = values[0];
}
__global__ void count(int* to) { atomicAdd(to, 1); }
__device__ int table[4] = {1, 2, 3, 4};
__global__ void constants(int* to, int i) { to[0] = table[i]; }

int main(int, char** arguments) {
  int *a, *b, *host;
  cudaMalloc(&a, 400);
  cudaMalloc(&b, 512);
  cudaMallocHost(&host, 256);
  const char* what = arguments[1];
  if (!strcmp(what, "fine")) {
    cudaMemset(b, 0, 512);
    add<<<2, 64>>>(a, b, 0, 100);
    add<<<1, 64>>>(b, a, 0, 100);
    add<<<1, 64>>>(a, host, 0, 64);
    cudaMemcpy(b, a, 256, cudaMemcpyDeviceToDevice);
    add<<<1, 64>>>(a, b, 0, 64);
    constants<<<1, 1>>>(a, 3);
    shared<<<1, 1, 8>>>(a, 0);
    cudaMemset(a, 0, 4);
    count<<<1, 64>>>(a);
  }
  if (!strcmp(what, "behind")) cudaMemset(b, 0, 512), add<<<2, 64>>>(a, b, 0, 101);
  if (!strcmp(what, "before")) cudaMemset(b, 0, 512), add<<<1, 64>>>(a, b + 4, -3, 1);
  if (!strcmp(what, "across")) wide<<<1, 1>>>(reinterpret_cast<int4*>(a + 97));
  if (!strcmp(what, "freed")) cudaFree(b), add<<<1, 64>>>(a, b, 5, 1);
  if (!strcmp(what, "unwritten")) cudaMemset(b, 0, 160), add<<<1, 64>>>(a, b, 0, 64);
  if (!strcmp(what, "copied")) cudaMemcpy(b, a, 400, cudaMemcpyDeviceToDevice), add<<<1, 64>>>(a, b, 0, 64);
  if (!strcmp(what, "counter")) count<<<1, 64>>>(a);
  if (!strcmp(what, "shared")) shared<<<1, 1, 8>>>(a, 2);
  return cudaDeviceSynchronize();
}
"""

FINDINGS = {
    "behind": "thread (36,0,0), memory.cu:4: writes 4 bytes at {}, right behind an allocation of 400 bytes at {} (global_store",
    "before": "thread (0,0,0), memory.cu:4: writes 4 bytes at {}, 12 bytes before an allocation of 400 bytes at {} (global_store",
    "across": "memory.cu:6: writes 16 bytes at {}, across the end of an allocation of 400 bytes at {} (global_store",
    "freed": "memory.cu:4: reads 4 bytes at {}, in freed memory: byte 20 of an allocation of 512 bytes at {} (global_load",
    "unwritten": "thread (40,0,0), memory.cu:4: reads 4 bytes at {} that nobody has written (global_load",
    "copied": "thread (0,0,0), memory.cu:4: reads 4 bytes at {} that nobody has written (global_load",
    "counter": "changes 4 bytes at {} that nobody has written (global_atomic_add",
    "shared": "memory.cu:9: writes 4 bytes at offset 8 of shared memory, of which there are 8 (ds_",
}


@pytest.fixture(scope="module")
def program(crosswarp_nvcc: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("memory")
    (folder / "memory.cu").write_text(SOURCE)
    crosswarp_nvcc("-lineinfo", "--targets=gfx1100,gfx90a,only", folder / "memory.cu", "-o", folder / "memory")
    return folder / "memory"


def findings(program: Path, toolkit: Path, arch: str, what: str) -> list[str]:
    """Lines of the checks, addresses left out."""
    environment = os.environ | {
        "CROSSWARP_DEVICE": f"emu:{arch}", "CROSSWARP_EMU_CHECK": "memory,values", "LD_LIBRARY_PATH": str(toolkit / "lib64"),
    }  # fmt: skip
    done = subprocess.run([program, what], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [" ".join("{}" if word.startswith("0x") else word for word in line.replace(",", " ,").split()).replace(" ,", ",")
            for line in done.stderr.splitlines()]  # fmt: skip


@pytest.mark.parametrize("arch", ["gfx1100", "gfx90a"])
@pytest.mark.parametrize("what", ["fine", *FINDINGS])
def test_findings(program: Path, toolkit: Path, arch: str, what: str) -> None:
    """One line for what is wrong, none for what is right."""
    lines = findings(program, toolkit, arch, what)
    if what == "fine":
        assert lines == []
        return
    assert len(lines) == 1
    assert FINDINGS[what] in lines[0], lines[0]
