// stderr: kernel _Z8write_toPi, block (0,0,0): illegal address
// A fault inside a kernel is cudaErrorIllegalAddress at the next synchronisation, not a crash of the program.
#include <cstdio>

__global__ void write_to(int* pointer) { *pointer = 1; }

int main() {
  write_to<<<1, 1>>>(nullptr);
  printf("launch: %s\n", cudaGetErrorName(cudaGetLastError()));
  printf("synchronise: %s\n", cudaGetErrorName(cudaDeviceSynchronize()));
  int* pointer;
  printf("afterwards: %s\n", cudaGetErrorName(cudaMalloc(&pointer, 4)));
}
