// PTX's `exit` ends one thread, wherever it stands: the others go on, and barriers do not wait for it.
#include <cstdio>

__device__ __noinline__ int leave_if(bool condition, int value) {
  if (condition) asm volatile("exit;");
  return value + 1;
}

__global__ void odd_threads_leave(int* out) {
  __shared__ int kept;
  if (threadIdx.x == 0) kept = 0;
  __syncthreads();
  out[threadIdx.x] = 1;
  int sum = 0;
  for (int i = 0; i < 3; ++i) sum += leave_if(threadIdx.x % 2 == 1 && i == 1, i);
  __syncthreads();
  atomicAdd(&kept, sum);
  __syncthreads();
  out[threadIdx.x] = kept;
}

__global__ void whole_warps_leave(int* out) {
  if (threadIdx.x / 32 != 1) asm volatile("{ exit; }");
  __syncthreads();
  out[threadIdx.x] = __popc(__ballot_sync(0xffffffffu, threadIdx.x % 3 == 0));
}

int main() {
  int *device, host[96];
  cudaMalloc(&device, sizeof host);
  cudaMemset(device, 0, sizeof host);
  odd_threads_leave<<<1, 96>>>(device);
  cudaMemcpy(host, device, sizeof host, cudaMemcpyDeviceToHost);
  printf("%d %d %d %d\n", host[0], host[1], host[94], host[95]);
  cudaMemset(device, 0, sizeof host);
  whole_warps_leave<<<1, 96>>>(device);
  cudaMemcpy(host, device, sizeof host, cudaMemcpyDeviceToHost);
  printf("%d %d %d %d: %s\n", host[0], host[32], host[63], host[64], cudaGetErrorString(cudaDeviceSynchronize()));
}
