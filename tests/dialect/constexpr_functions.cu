// Functions that say constexpr and call what is no constant: a host compiler counts some of <cmath> as constants.
#include <cmath>

#include "show.h"

__device__ constexpr float tenfold_log() { return 10.f / ::log(10.f); }
__host__ __device__ constexpr double exponent(double x) { return std::floor(::log2(x)); }

__global__ void both() {
  out[0] = tenfold_log();
  out[1] = exponent(9.5);
}

int main() {
  both<<<1, 1>>>();
  show(2);
  printf("%d\n", (int)exponent(1025));
}
