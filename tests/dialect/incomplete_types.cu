// Templates that use a type which is complete only further down.
#include "show.h"

union Later;
typedef union Later Alias;
template <int Level>
__device__ int member(Alias* p) {
  auto* x = &p->m;
  return *x + Level;
}
struct Never;
template <typename T>
__device__ int never_used(Never* p, T t) {
  return p->m + t;
}
union Later {
  int m;
};

__global__ void kernel() {
  Later later;
  later.m = 4;
  out[0] = member<1>(&later);
}

int main() {
  kernel<<<1, 1>>>();
  show(1);
}
