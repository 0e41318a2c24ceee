// A program that declares what the assert macro calls again, for both sides, as libcu++ does with NDEBUG.
#define NDEBUG
#include "show.h"

extern "C" __host__ __device__ void __assert_fail(const char* expression, const char* file, unsigned line,
                                                  const char* function) noexcept __attribute__((__noreturn__));

__host__ __device__ int positive(int i) { return i > 0 ? i : (__assert_fail("i > 0", __FILE__, __LINE__, __func__), 0); }

__global__ void use() { out[0] = positive(7); }
__global__ void fail(int i) { out[1] = positive(i); }

int main() {
  use<<<1, 1>>>();
  show(1);
  fail<<<1, 1>>>(0);
  bool asserted = cudaDeviceSynchronize() == cudaErrorAssert;
  printf("%s %d\n", asserted ? "asserted" : "not asserted", positive(3));
}
