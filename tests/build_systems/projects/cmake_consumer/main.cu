#include <cstdio>

#include "package.hpp"

__global__ void own(int* p) { *p = helper(*p); }

int main() {
  int *p, x = 41;
  cudaMallocManaged(&p, sizeof x);
  *p = x;
  own<<<1, 1>>>(p);
  cudaDeviceSynchronize();
  std::printf("%d %d\n", *p, answer());
}
