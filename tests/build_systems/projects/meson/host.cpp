#include <cuda_runtime.h>

int main() {
  void* p = nullptr;
  return cudaMalloc(&p, 42) == cudaSuccess && cudaFree(p) == cudaSuccess ? 0 : 1;
}
