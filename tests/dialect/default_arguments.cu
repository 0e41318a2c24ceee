// Default arguments that nvcc looks at only where they are used.
#include "show.h"

#if defined(__CUDA_ARCH__)
template <const size_t N>
struct Words {
  static const size_t n = (N + 31) / 32;
  static __device__ __forceinline__ int count(int first, size_t n = n, int last = 2) { return first + (int)n + last; }
};
template <typename T>
__device__ T scaled(T value, int factor = 2);
template <typename T>
__device__ T scaled(T value, int factor = 2) {
  return value * factor;
}
#endif

__global__ void kernel() {
#if defined(__CUDA_ARCH__)
  out[0] = Words<64>::count(1, 3);
  out[1] = scaled(5);
#endif
}

int main() {
  kernel<<<1, 1>>>();
  show(2);
}
