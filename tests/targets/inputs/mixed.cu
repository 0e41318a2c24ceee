// One of each construct that retargeting rewrites.
#include "device.h"

struct Params {
  float scale;
  int count;
  float* data;
  int table[6];
};

__device__ int counter = 7;
__constant__ float coefficients[4] = {1, 2, 3, 4};
extern __shared__ float dynamic_shared[];

__device__ __attribute__((noinline)) float sum_table(Params p, int i) { return p.table[i] * p.scale; }

struct Shape {
  __device__ virtual float area() const { return 0; }
};
struct Square : Shape {
  float side;
  __device__ Square(float s) : side(s) {}
  __device__ float area() const override { return side * side; }
};
__device__ __attribute__((noinline)) float area_of(const Shape* shape) { return shape->area(); }

__global__ void __launch_bounds__(256, 2) by_value(Params p, float* out) {
  int i = blockIdx_x * blockDim_x + threadIdx_x;
  if (i < p.count) out[i] = p.data[i] * p.scale + sum_table(p, i % 6) + coefficients[i & 3];
}

__global__ void reduce(const float* in, float* out) {
  __shared__ float tile[256];
  unsigned t = threadIdx_x;
  tile[t] = in[t];
  __syncthreads();
  for (unsigned s = blockDim_x / 2; s > 0; s /= 2) {
    if (t < s) tile[t] += tile[t + s];
    __syncthreads();
  }
  if (t == 0) cw_atomic_add(out, tile[0] + dynamic_shared[0]);
}

__global__ void shuffle(int* data) {
  int v = data[threadIdx_x];
  for (int d = 16; d > 0; d /= 2) v += __nvvm_shfl_sync_bfly_i32(~0, v, d, 31);
  unsigned b = __nvvm_vote_ballot_sync(~0, v > 3);
  data[threadIdx_x] = v + b;
}

__global__ void virtual_call(float* out) {
  Square square(out[0]);
  out[threadIdx_x] = area_of(&square);
}

__global__ void service(double* out) {
  if (out[0] > 1) __assertfail("out[0] <= 1", "mixed.cu", 60, "service", 1);
  int* p = (int*)malloc(8);
  struct {
    int a;
    double b;
  } arguments = {counter, out[1]};
  vprintf("%d %f\n", (const char*)&arguments);
  if (p == nullptr) __builtin_trap();
  free(p);
  out[2] = cw_sin(out[1]) + __builtin_exp(out[3]) + __builtin_fmod(out[4], out[5]);
}
