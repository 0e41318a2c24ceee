// CHECK in kernels: one line of output for each condition that does not hold. No output: all hold.
#pragma once

#include <cstdio>

#define CHECK(...)                                                                                    \
  do {                                                                                                \
    if (!(__VA_ARGS__)) printf("line %d, thread %d: %s\n", __LINE__, (int)threadIdx.x, #__VA_ARGS__); \
  } while (0)

inline int finish() {
  const cudaError_t status = cudaDeviceSynchronize();
  if (status != cudaSuccess) printf("%s\n", cudaGetErrorString(status));
  return status != cudaSuccess;
}
