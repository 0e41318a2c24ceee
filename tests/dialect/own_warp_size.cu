// A program's own `warpSize`.
#include "show.h"

constexpr int warpSize = 32;
struct Settings {
  int warpSize;
};

__global__ void kernel() {
  out[0] = warpSize + threadIdx.x;
  out[1] = __shfl_down_sync(~0u, (int)threadIdx.x, 1);
}

int main() {
  Settings settings{5};
  kernel<<<1, 1>>>();
  show(1);
  printf("%d %d\n", warpSize, settings.warpSize);
}
