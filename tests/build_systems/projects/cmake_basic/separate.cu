#include <cstdio>

#include "../shared/on_device.hpp"

extern __device__ int offset;
__device__ int shifted(int x);

__global__ void shift_twice(int* p) { *p = shifted(*p) + offset; }

int main() { std::printf("%d\n", on_device(shift_twice, 32)); }
