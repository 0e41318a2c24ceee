// A program that carries PTX and nothing else.
#include <cstdio>

__device__ int offset = 5;
__global__ void add(int* p, int n) { p[threadIdx.x] += n * static_cast<int>(threadIdx.x) + offset; }

int main() {
  int *p, offset_now = 7;
  cudaMallocManaged(&p, 32 * sizeof(int));
  for (int i = 0; i < 32; ++i) p[i] = i;
  cudaMemcpyToSymbol(offset, &offset_now, sizeof offset_now);
  add<<<1, 32>>>(p, 2);
  std::printf("%s %d %d\n", cudaGetErrorString(cudaDeviceSynchronize()), p[1], p[31]);
}
