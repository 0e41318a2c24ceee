// A member template defined with its own parameters listed once more.
#include "show.h"

template <class A, class B>
struct Pair {
  template <class C>
  __device__ int sum(C c);
  A a;
  B b;
};
template <class A, class B>
template <class C>
__device__ int Pair<A, B>::sum<C>(C c) {
  return a + b + c;
}

__global__ void kernel() {
  Pair<int, short> pair{1, 2};
  out[0] = pair.sum(3);
}

int main() {
  kernel<<<1, 1>>>();
  show(1);
}
