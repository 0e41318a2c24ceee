// Definitions of function templates that the namespace they name does not declare.
#include "show.h"

struct Size {
  int x;
};
namespace outer {
namespace inner {
template <typename T>
__device__ void fill(volatile T s[4], int value);
}
}  // namespace outer

template <typename T>
__device__ void outer::inner::fill(volatile T s[4], Size size, int value) {
  s[0] = size.x + value;
}

// A constructor that does not exist, in a template that nobody instantiates.
struct Empty {};
template <int N>
bool never_used(int* p) {
  Empty(p, N);
  return true;
}

__global__ void kernel() {
  __shared__ int s[4];
  outer::inner::fill<int>(s, Size{40}, 2);
  out[0] = s[0];
}

int main() {
  kernel<<<1, 1>>>();
  show(1);
}
