// Objects in shared memory whose class has a constructor: nvcc does not call it, and warns.
// warning: the constructor of a __shared__ variable is not called
#include "show.h"

struct Empty {
  int x;
  __device__ Empty() {}
  __device__ ~Empty() {}
};
struct Member {
  int x = 5;
  Empty parts[2];
};
template <int N>
struct Checked {
  int values[N];
  __device__ Checked() {
    static_assert(N > 1, "more than one");
    values[0] = 9;
  }
};

template <typename T>
__device__ int in_template(T value) {
  __shared__ Checked<sizeof(T)> object;
  object.values[0] = value;
  return object.values[0];
}

__global__ void kernel() {
  __shared__ Empty one, many[3];
  static __shared__ Member grid[2][2];
  one.x = 1;
  many[2].x = 2;
  grid[1][0].x = 3;
  grid[1][0].parts[1].x = 4;
  Empty* pointer = many;
  out[0] = one.x + pointer[2].x;
  out[1] = grid[1][0].x + grid[1][0].parts[1].x;
  out[2] = in_template(8);
  out[3] = sizeof(many) / sizeof(many[0]);
}

int main() {
  kernel<<<1, 1>>>();
  show(4);
}
