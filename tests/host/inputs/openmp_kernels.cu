// Kernels launched by OpenMP threads, with lambdas made there, and critical sections shared with an object of the host compiler.
#include <omp.h>
#include <stdio.h>

long shared_count = 0;
void count_elsewhere(int times);

template <typename F>
__global__ void apply(F function, int* out) {
  *out = function(*out);
}

int main() {
  int results[4] = {};
#pragma omp parallel for num_threads(4)
  for (int i = 0; i < 4; ++i) {
    cudaStream_t stream;
    cudaStreamCreate(&stream);
    int* value;
    cudaMalloc(&value, sizeof(int));
    for (int round = 0; round < 5; ++round) {
      cudaMemcpyAsync(value, &i, sizeof(int), cudaMemcpyHostToDevice, stream);
      apply<<<1, 1, 0, stream>>>([=] __device__(int x) { return x * 10 + i + round; }, value);
      cudaMemcpyAsync(&results[i], value, sizeof(int), cudaMemcpyDeviceToHost, stream);
      cudaStreamSynchronize(stream);
    }
    cudaFree(value);
    cudaStreamDestroy(stream);
  }
#pragma omp parallel num_threads(4)
  {
    if (omp_get_thread_num() % 2 == 0) {
      count_elsewhere(20000);
    } else {
      for (int i = 0; i < 20000; ++i) {
#pragma omp critical(both_sides)
        shared_count = shared_count + 1;
      }
    }
  }
  printf("%d %d %d %d %ld\n", results[0], results[1], results[2], results[3], shared_count);
}
