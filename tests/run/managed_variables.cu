// __managed__ variables: one address for host and device, with a static initialiser.
#include <cstdio>

__managed__ int counter = 11;
__managed__ double table[3] = {0.5, 1.5};

__global__ void use(int amount) {
  counter += amount;
  table[2] = table[0] + table[1];
}

int main() {
  counter += 100;
  use<<<1, 1>>>(5);
  const cudaError_t error = cudaDeviceSynchronize();
  printf("%d %.1f %s\n", counter, table[2], cudaGetErrorName(error));
}
