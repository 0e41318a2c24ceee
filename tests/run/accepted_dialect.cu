// What nvcc with g++ lets pass and clang alone refuses: `register`, literals next to macros, narrowing of variables, `return;`
// in a function with a result, a user's own function with a name that other compilers' headers use.
#include <cstdio>
#define FORMAT "d"

__device__ unsigned long long __globaltimer() { return 7; }

__global__ void fill(int* out) {
  register int thread = threadIdx.x;
  out[thread] = thread + (int)__globaltimer();
}

int main(int argc, char**) {
  if (argc > 1) return;
  register int count = 3;
  unsigned char bytes[] = {count};
  int* out;
  cudaMallocManaged(&out, 4 * sizeof(int));
  fill<<<1, 4>>>(out);
  cudaDeviceSynchronize();
  // clang-format off
  printf("%"FORMAT" %d\n", bytes[0], out[count]);
  // clang-format on
}
