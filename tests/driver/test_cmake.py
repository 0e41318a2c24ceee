"""CMake takes our nvcc for NVIDIA's: `enable_language(CUDA)`, mixed sources, separable compilation."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = """cmake_minimum_required(VERSION 3.18)
project(both LANGUAGES CXX CUDA)
add_executable(app main.cpp kernel.cu)
add_library(parts STATIC device.cu)
set_target_properties(parts PROPERTIES CUDA_SEPARABLE_COMPILATION ON)
add_executable(separate separate.cu)
set_target_properties(separate PROPERTIES CUDA_SEPARABLE_COMPILATION ON)
target_link_libraries(separate PRIVATE parts)
"""
FILES = {
    "CMakeLists.txt": PROJECT,
    "main.cpp": '#include <cstdio>\nint on_device(int);\nint main() { std::printf("%d\\n", on_device(20)); }\n',
    "kernel.cu": """#include <cuda_runtime.h>
__global__ void twice(int *p) { *p = 2 * *p + 2; }
int on_device(int x) {
  int *p;
  cudaMalloc(&p, sizeof x);
  cudaMemcpy(p, &x, sizeof x, cudaMemcpyHostToDevice);
  twice<<<1, 1>>>(p);
  cudaMemcpy(&x, p, sizeof x, cudaMemcpyDeviceToHost);
  cudaFree(p);
  return x;
}
""",
    "device.cu": "__device__ int offset = 5;\n__device__ int shifted(int x) { return x + offset; }\n",
    "separate.cu": """#include <cstdio>
extern __device__ int offset;
__device__ int shifted(int);
__global__ void run(int *p) { *p = shifted(*p) + offset; }
int main() {
  int x = 32, *p;
  cudaMalloc(&p, sizeof x);
  cudaMemcpy(p, &x, sizeof x, cudaMemcpyHostToDevice);
  run<<<1, 1>>>(p);
  cudaMemcpy(&x, p, sizeof x, cudaMemcpyDeviceToHost);
  std::printf("%d\\n", x);
}
""",
}


@pytest.mark.skipif(shutil.which("cmake") is None or shutil.which("g++") is None, reason="cmake and g++ are not installed")
@pytest.mark.parametrize("architectures", ["", "75;86"], ids=["default", "two"])
def test_project(toolkit: Path, tmp_path: Path, on_cpu: Callable[..., subprocess.CompletedProcess[str]],
                 monkeypatch: pytest.MonkeyPatch, architectures: str):
    monkeypatch.setenv("CROSSWARP_TARGETS", "cpu")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    configure = ["cmake", "-S", ".", "-B", "build", f"-DCMAKE_CUDA_COMPILER={toolkit}/bin/nvcc"]
    configure += [f"-DCMAKE_CUDA_ARCHITECTURES={architectures}"] if architectures else []
    for command in (configure, ["cmake", "--build", "build", "--verbose"]):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert on_cpu(tmp_path / "build" / "app").stdout == "42\n"
    assert on_cpu(tmp_path / "build" / "separate").stdout == "42\n"
