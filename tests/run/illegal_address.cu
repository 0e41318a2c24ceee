// stderr: kernel _Z8write_toPiPVKb, block (0,0,0): illegal address
// A fault inside a kernel is cudaErrorIllegalAddress at the next synchronisation, not a crash of the program.
#include <cstdio>

// Waits for the host: the launch itself succeeds, whenever the kernel begins.
__global__ void write_to(int* pointer, const volatile bool* now) {
  while (!*now) {
  }
  *pointer = 1;
}

int main() {
  bool* now;
  cudaMallocHost(&now, sizeof *now);
  *now = false;
  write_to<<<1, 1>>>(nullptr, now);
  printf("launch: %s\n", cudaGetErrorName(cudaGetLastError()));
  *static_cast<volatile bool*>(now) = true;
  printf("synchronise: %s\n", cudaGetErrorName(cudaDeviceSynchronize()));
  int* pointer;
  printf("afterwards: %s\n", cudaGetErrorName(cudaMalloc(&pointer, 4)));
}
