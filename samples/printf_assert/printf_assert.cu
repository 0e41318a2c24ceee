// Output and assertions in kernels.
//
// Teaches: printf in device code (formatted on the device or the host, shown at the latest when the host
// synchronises), its return value, assert in device code, and the error a failed assertion leaves behind.
//
// Build: nvcc printf_assert.cu -o printf_assert
// Usage: printf_assert [fail]     with "fail", a kernel violates an assertion

#include <cassert>
#include <cstring>

#include "../common/check.h"

// One thread prints, so that the order of lines is fixed; the count of arguments is printf's result in CUDA.
__global__ void print_values(const double* values, int count, int* arguments) {
  if (threadIdx.x != 0) return;
  int sum = 0;
  for (int i = 0; i < count; ++i)
    sum += printf("value %d of %d: %8.3f %s\n", i, count, values[i], values[i] < 0 ? "(negative)" : "");
  sum += printf("char %c, hexadecimal %#x, 64-bit %lld, string \"%s\", percent %%\n", 'x', 48879u, -5000000000ll, "device");
  *arguments = sum;
}

__global__ void check_positive(const double* values, int count) {
  const int i = threadIdx.x;
  if (i < count) assert(values[i] > 0);
}

int main(int argc, char** argv) {
  const bool fail = argc > 1 && std::strcmp(argv[1], "fail") == 0;
  const double host[3] = {3.14159, -1.5, 1e3}, positive[3] = {1, 2, 3};
  double* values;
  int *arguments, result = 0;
  CUDA_CHECK(cudaMalloc(&values, sizeof(host)));
  CUDA_CHECK(cudaMalloc(&arguments, sizeof(int)));
  CUDA_CHECK(cudaMemcpy(values, host, sizeof(host), cudaMemcpyHostToDevice));
  print_values<<<1, 32>>>(values, 3, arguments);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaDeviceSynchronize());  // the output is there now
  CUDA_CHECK(cudaMemcpy(&result, arguments, sizeof(int), cudaMemcpyDeviceToHost));

  if (!fail) CUDA_CHECK(cudaMemcpy(values, positive, sizeof(positive), cudaMemcpyHostToDevice));
  check_positive<<<1, 32>>>(values, 3);
  // Not after cudaGetLastError: where the assertion has failed by then, it says so already.
  const cudaError_t error = cudaDeviceSynchronize();
  if (!fail) {
    CUDA_CHECK(cudaFree(values));
    CUDA_CHECK(cudaFree(arguments));
  }  // after a failed assertion the context is lost: every further call returns the same error

  const bool expected = error == (fail ? cudaErrorAssert : cudaSuccess);
  return samples::verdict(expected && result == 3 * 4 + 4, "printf_assert: %d values printed, assertion %s (%s)", result,
                          fail ? "violated" : "held", cudaGetErrorName(error));
}
