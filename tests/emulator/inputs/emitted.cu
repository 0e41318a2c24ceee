// Kernels whose machine code tests/emulator/test_emitted_code.py looks at.

extern "C" __global__ void butterfly(float* values) {
  float sum = values[threadIdx.x];
  for (int d = 16; d > 0; d /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, d);
  values[threadIdx.x] = sum;
}

extern "C" __global__ void neighbours(int* values) {
  int value = values[threadIdx.x], above = __shfl_up_sync(0xffffffffu, value, 1), below = __shfl_down_sync(0xffffffffu, value, 16);
  values[threadIdx.x] = above + below + __shfl_sync(0xffffffffu, value, 0);
}

extern "C" __global__ void whole_warp_sum(unsigned* values) {
  values[threadIdx.x] = __reduce_add_sync(0xffffffffu, values[threadIdx.x]);
}

extern "C" __global__ void by_a_variable(int* values, int distance) {
  values[threadIdx.x] = __shfl_xor_sync(0xffffffffu, values[threadIdx.x], distance);
}

extern "C" __global__ void tile(const float* in, float* out) {
  __shared__ float tile[256];
  tile[threadIdx.x] = in[threadIdx.x];
  __syncthreads();
  int i = threadIdx.y * 4;
  out[threadIdx.x] = tile[i] + tile[i + 1] * tile[i + 2] + tile[i + 3];
}

extern "C" __global__ void dot(const float* a, const float* b, float* out, int n) {
  float sum = 0;
  for (int i = 0; i < n; ++i) sum += a[i * blockDim.x + threadIdx.x] * b[i * blockDim.x + threadIdx.x];
  out[threadIdx.x] = sum;
}

extern "C" __global__ void atomic_sum(float* sum, float value) { atomicAdd(sum + threadIdx.x, value); }

__device__ int counter;
__constant__ float table[8];
extern "C" __global__ void variables(float* out) {
  counter = 3;
  out[threadIdx.x] = table[blockIdx.x];
}
