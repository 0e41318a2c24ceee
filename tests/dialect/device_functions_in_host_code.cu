// warning: call to 'next(int)' declared with 'warning' attribute: calling a __device__ function from host code: this ends the
// program Host code names device functions: it may keep and compare their addresses, and call them in templates where it never gets
// there.
#include "show.h"

typedef int (*Function)(int);
struct Operation {
  Function run;
};

#define ON_DEVICE __device__
static ON_DEVICE int next(int x) { return x + 1; }
__device__ int next_but_one(int x) { return x + 2; }

bool is_next(const Operation& operation) { return operation.run == next; }
__host__ __device__ void choose(Operation& operation) { operation.run = next_but_one; }
template <typename T>
__host__ __device__ T small(T x) {
  return x > 100 ? next(x) : 4;
}

__global__ void kernel(int given) {
  Operation operation;
  choose(operation);
  out[0] = operation.run(4);
  out[1] = small(200);
  out[2] = given;
}

int main(int argc, char**) {
  Operation operation{nullptr};
  const int before = is_next(operation);
  choose(operation);
  kernel<<<1, 1>>>(before * 100 + (operation.run != nullptr) * 10 + small(argc));
  show(3);
}
