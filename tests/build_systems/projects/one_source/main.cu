#include <cstdio>

#include "header.h"

__global__ void add(int* p) { *p += STEP; }

int main() {
  int x = 41, *p;
  cudaMalloc(&p, sizeof x);
  cudaMemcpy(p, &x, sizeof x, cudaMemcpyHostToDevice);
  add<<<1, 1>>>(p);
  cudaMemcpy(&x, p, sizeof x, cudaMemcpyDeviceToHost);
  std::printf("%d\n", x);
}
