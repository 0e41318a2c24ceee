// The kernels and variables of device.c in CUDA, for devices that are not the CPU.
#include <cooperative_groups.h>

#include <cassert>
#include <cstdio>

extern "C" {

__device__ int counter = 5;
__constant__ int table[4] = {1, 2, 3, 4};
__device__ int managed_value = 7;  // how device code reaches managed variables is the compiler's: not here

__global__ void add(const float* a, const float* b, float* c, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) c[i] = a[i] + b[i];
}

__global__ void __launch_bounds__(256) add_value(int* p, int value) { atomicAdd(p, value); }

// log[++log[0]] = value, slowly enough that a wrong order shows
__global__ void append(int* log, int value) {
  for (volatile int i = 0; i < 100000; ++i) {
  }
  log[atomicAdd(log, 1) + 1] = value;
}

__global__ void wait_flag(volatile int* flag, int value) {
  while (*flag != value) {
  }
}

// out[linear block] = x | y << 8 | z << 16, and the shared memory is this block's own; at least 64 bytes of it are dynamic
__global__ void where(unsigned* out) {
  extern __shared__ unsigned char dynamic[];
  __shared__ unsigned char fixed[64];
  const unsigned block = blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z);
  const unsigned char mark = (unsigned char)(block + 1);
  for (unsigned i = 0; i < 64; ++i) dynamic[i] = fixed[i] = mark;
  for (unsigned i = 0; i < 64; ++i) {
    if (dynamic[i] != mark || fixed[i] != mark) __trap();
  }
  out[block] = blockIdx.x | blockIdx.y << 8 | blockIdx.z << 16;
}

__global__ void null_write() { *(volatile int*)8 = 1; }
__global__ void trap() { __trap(); }
__global__ void failing_assert() {
  const int x = -(int)blockIdx.x;
  if (blockIdx.x == 1) assert(x > 0);
}

__global__ void print_all() {
  printf("[%d|%u|%lld|%.2f|%10.3e|%s|%c|%*.*g|%hhx|%p|%llX|100%%]\n", -5, 7u, -123456789012ll, 1.5, 12345.678, "text", 'Z', 9, 3,
         0.0001, 0x1ff, (void*)0x1234, 0xfeedfacecafeull);
}

__global__ void heap(int* ok) {
  char* small = (char*)malloc(100);
  *ok = small != nullptr && malloc(1 << 30) == nullptr && ((size_t)small & 15) == 0;
  free(small);
}

// grid barrier between writing one value a block and adding all of them up
__global__ void grid_sum(int* values, int* sum) {
  if (threadIdx.x == 0) values[blockIdx.x] = (int)blockIdx.x + 1;
  cooperative_groups::this_grid().sync();
  if (threadIdx.x != 0) return;
  int total = (int)blockIdx.x * 10;
  for (unsigned i = 0; i < gridDim.x; ++i) total += values[i];
  sum[blockIdx.x] = total;
}

__global__ void read_variables(int* out) {
  out[0] = counter++;
  for (int i = 0; i < 4; ++i) out[1 + i] = table[i];
  out[5] = managed_value++;
}

__global__ void empty() {}
}
