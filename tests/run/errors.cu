// stderr: kernel _Z4stopv, block (0,0,0): trap
// What goes wrong on purpose must come back as the CUDA error that the runtime documents, and leave the program running.
#include <cstdio>

__global__ void nothing() {}
__global__ void stop() { __trap(); }

int main() {
  int* pointer = nullptr;
  nothing<<<1, 0>>>();
  printf("no threads: %s\n", cudaGetErrorName(cudaGetLastError()));
  nothing<<<1, 1025>>>();
  printf("1025 threads: %s\n", cudaGetErrorName(cudaGetLastError()));
  nothing<<<dim3(1, 70000), 1>>>();
  printf("70000 blocks in y: %s\n", cudaGetErrorName(cudaGetLastError()));
  printf("peek: %s, then get: %s\n", cudaGetErrorName(cudaPeekAtLastError()), cudaGetErrorName(cudaGetLastError()));
  printf("copy in no direction: %s\n", cudaGetErrorName(cudaMemcpy(&pointer, &pointer, 8, static_cast<cudaMemcpyKind>(77))));
  cudaGetLastError();
  printf("free of a stack address: %s\n", cudaGetErrorName(cudaFree(&pointer)));
  cudaGetLastError();
  printf("free of null: %s\n", cudaGetErrorName(cudaFree(nullptr)));
  printf("device 1000: %s\n", cudaGetErrorName(cudaSetDevice(1000)));
  cudaGetLastError();
  printf("too much memory: %s\n", cudaGetErrorName(cudaMalloc(&pointer, size_t(1) << 60)));
  cudaGetLastError();
  nothing<<<2, 64>>>();
  printf("after all that: %s, %s\n", cudaGetErrorName(cudaGetLastError()), cudaGetErrorName(cudaDeviceSynchronize()));
  printf("\"%s\", \"%s\"\n", cudaGetErrorString(cudaErrorInvalidValue), cudaGetErrorString(cudaSuccess));
  stop<<<1, 1>>>();
  printf("trap: %s\n", cudaGetErrorName(cudaDeviceSynchronize()));
  printf("sticky: %s\n", cudaGetErrorName(cudaMalloc(&pointer, 4)));
}
