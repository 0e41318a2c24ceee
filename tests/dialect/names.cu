// Names that CUDA has too, attributes in any order, NVIDIA's own attribute macros.
#include "show.h"

typedef unsigned int uint;
struct Fields {
  int blockDim, threadIdx;
};
inline __host__ __device__ float lerp(float a, float b, float t) { return a + t * (b - a); }
inline __host__ __device__ float clamp(float x, float a, float b) { return x < a ? a : x > b ? b : x; }
inline __host__ __device__ float3 operator+(float3 a, float3 b) { return make_float3(a.x + b.x, a.y + b.y, a.z + b.z); }
inline __host__ __device__ float3 make_float3(float s) { return make_float3(s, s, s); }
__device__ float atomicMin(float* address, float value) { return *address = fminf(*address, value); }

struct __device_builtin__ Marked {
  int a;
};
__device_builtin__ typedef Marked MarkedToo;
struct Grid {
  int n = 2;
  __host__ __device__ [[nodiscard]] int size() const { return n; }
  __device__ [[gnu::noinline]] static int three() { return 3; }
};
int __device__ behind(int x) { return x; }
__device__ __noinline__ static int between(int x) { return x; }
__device__ int __forceinline__ before(const int* __restrict__ p, int* const __restrict q) { return *p + *q; }

template <typename T>
__device__ int of_any(const T& t) {
  return t.x;
}
__global__ void kernel() {
  __shared__ alignas(16) int buffer[32];
  __shared__ [[maybe_unused]] int unused;
  buffer[0] = 1;
  int blockIdx = 4, q = 5;
  Fields fields{1, 2};
  Grid grid;
  const int warpSize = 16;
  out[0] = blockIdx + fields.threadIdx + grid.size() + Grid::three() + buffer[0] + ((size_t)buffer % 16 == 0);
  out[1] = (int)(lerp(0, 4, 0.5f) + clamp(9, 0, 3) + (make_float3(1.0f) + make_float3(2, 2, 2)).x);
  float least = 3;
  atomicMin(&least, 2.0f);
  out[2] = (int)least + behind(1) + between(2) + before(&blockIdx, &q) + warpSize + sizeof(MarkedToo);
  uint3 copy = threadIdx;
  auto too = blockDim;
  out[3] = copy.x + too.x + of_any(gridDim) + max(threadIdx.x, 1u) + min(blockDim.x, 7);
}

int main() {
  int blockDim = 5;
  kernel<<<1, 1>>>();
  show(4);
  printf("%d %d\n", blockDim, max(1, 2));
}
