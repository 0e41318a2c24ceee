// The device reaches such a call: the launch fails, as an illegal instruction does.
// warning: calling the __host__ function 'host' from a __host__ __device__ function
#include "show.h"

int host() { return 1; }
__host__ __device__ int both() { return host(); }
__global__ void kernel() { out[0] = both(); }

int main() {
  printf("%d\n", both());
  kernel<<<1, 1>>>();
  printf("%s\n", cudaDeviceSynchronize() == cudaSuccess ? "went on" : "ended");
}
