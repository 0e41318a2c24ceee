#include "scale.h"

__global__ void scale(int* p) { *p = *p * SCALE + ADDED; }

int answer() {
  int x = 20, *p;
  cudaMalloc(&p, sizeof x);
  cudaMemcpy(p, &x, sizeof x, cudaMemcpyHostToDevice);
  scale<<<1, 1>>>(p);
  cudaMemcpy(&x, p, sizeof x, cudaMemcpyDeviceToHost);
  cudaFree(p);
  return x;
}
