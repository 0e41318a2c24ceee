#include <cuda_runtime.h>

#include <cstdio>

int main() {
  void* p = nullptr;
  std::printf("%d\n", cudaMalloc(&p, 42) == cudaSuccess && cudaFree(p) == cudaSuccess ? 42 : 0);
}
