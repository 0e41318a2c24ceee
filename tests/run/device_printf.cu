// printf in kernels: every conversion CUDA documents, its result, and the output of several launches in their order.
#include <cstdio>

__device__ const char* word(int i) { return i % 2 ? "odd" : "even"; }

__global__ void formats(int* results) {
  int i = 0;
  results[i++] = printf("plain\n");
  results[i++] = printf("%d %i %u|%5d|%-5d|%05d|%+d\n", -1, 2, 4000000000u, 42, 42, 42, 42);
  results[i++] = printf("%x %X %#x %o %c %%\n", 48879, 48879, 255, 8, 'q');
  results[i++] =
      printf("%lld %llu %ld %hhd %hd %zu\n", -9000000000000ll, 18000000000000000000ull, 123456789012l, 300, 70000, sizeof(int));
  results[i++] = printf("%f %.3f %10.2f %e %g %G %a\n", 1.5f, 3.14159, 2.0, 12345.678, 0.0001, 1e20, 1.0);
  results[i++] = printf("%s %s %.3s|%8s|%-8s|\n", word(0), word(1), "abcdef", "right", "left");
  results[i++] = printf("%*d %.*f\n", 6, 42, 2, 2.71828);
  results[i++] = printf("%d %d %d %d %d %d %d %d %d %d\n", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
}

__global__ void announce(int launch) {
  if (threadIdx.x == 17) printf("launch %d, thread %d\n", launch, threadIdx.x);
}

int main() {
  int* results;
  cudaMallocManaged(&results, 8 * sizeof(int));
  formats<<<1, 1>>>(results);
  for (int launch = 0; launch < 3; ++launch) announce<<<1, 32>>>(launch);
  cudaDeviceSynchronize();
  for (int i = 0; i < 8; ++i) printf("%d ", results[i]);
  printf("\n");
}
