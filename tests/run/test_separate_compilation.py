"""Device variables across files: `-rdc=true`, shared and file-local ones, managed ones too."""

from __future__ import annotations

from pathlib import Path

from crosswarp.frontend.static_names import with_one_name

FIRST = """\
#include <cstdio>
extern __managed__ int total;
__managed__ int own[4] = {1, 2, 3, 4};
static __device__ int hidden = 5;
__global__ void add() { atomicAdd(&total, own[threadIdx.x] * hidden); }
void other();
int main() {
  int value = 0;
  printf("%d\\n", total);
  total += 1000;
  add<<<1, 4>>>();
  cudaDeviceSynchronize();
  other();
  cudaMemcpyFromSymbol(&value, hidden, sizeof value);
  printf("%d %d %s\\n", total, value, cudaGetErrorName(cudaGetLastError()));
}
"""
SECOND = """\
__managed__ int total = 100;
static __managed__ int factor = 2;
static __device__ int hidden = 6;
__global__ void scale() { total = total * factor + hidden; }
void other() { factor = 3; scale<<<1, 1>>>(); cudaDeviceSynchronize(); }
"""


def test_variables_of_several_files(crosswarp_nvcc, tmp_path: Path) -> None:
    for name, text in (("first.cu", FIRST), ("second.cu", SECOND)):
        (tmp_path / name).write_text(text)
    program = tmp_path / "program"
    crosswarp_nvcc("-rdc=true", tmp_path / "first.cu", tmp_path / "second.cu", "-o", program, env={"CROSSWARP_TARGETS": "cpu"})
    done = type(crosswarp_nvcc)((str(program),), {"CROSSWARP_DEVICE": "cpu"})(cwd=tmp_path)
    assert done.stdout == "100\n3456 5 cudaSuccess\n"  # (100 + 1000 + 10 * 5) * 3 + 6


def test_static_variable_has_one_name() -> None:
    text = '@x = external global i32\n@x2 = external global i32\n@x__static__1f = global i32 2\nload @x, @x2, @x__static__1f\n'
    joined = "@x2 = external global i32\n@x__static__1f = global i32 2\nload @x__static__1f, @x2, @x__static__1f\n"
    assert with_one_name(text) == joined
