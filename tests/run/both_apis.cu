// flags: -lcuda
// The driver API and a statically linked runtime see the same memory, contexts and launches.
#include <cuda.h>

#include <cstdio>

__global__ void set(int* out) { *out = 42; }

int main() {
  CUdevice device;
  CUcontext context;
  CUdeviceptr memory;
  int value = 0;
  cudaFree(nullptr);  // initialises the driver too
  printf("%d\n", cuCtxGetDevice(&device));
  cuDevicePrimaryCtxRetain(&context, device);
  cuCtxSetCurrent(context);
  printf("%d\n", cuMemAlloc(&memory, sizeof(int)));
  set<<<1, 1>>>(reinterpret_cast<int*>(memory));
  printf("%d %d\n", cudaMemcpy(&value, reinterpret_cast<void*>(memory), sizeof value, cudaMemcpyDeviceToHost), value);
  printf("%d\n", cudaFree(reinterpret_cast<void*>(memory)));
  printf("%d\n", cuMemFree(memory) == CUDA_ERROR_INVALID_VALUE);
}
