// flags: --extended-lambda
// Extended lambdas, and those inside kernels.
#include "show.h"

template <typename F>
__global__ void run(F f, int i) {
  out[i] = f(i);
}
template <typename F>
__host__ __device__ int call(F f) {
  return f(2);
}
struct Holder {
  int member = 4;
  void copied() {
    auto self = *this;
    run<<<1, 1>>>([=] __device__(int i) { return i + self.member; }, 3);
    run<<<1, 1>>>([*this] __device__(int i) { return i + member; }, 4);
  }
};
__global__ void inside() {
  auto one = [](int x) { return x + 1; };
  int offset = 5;
  auto two = [&](auto x) { return x + offset; };
  out[5] = one(2) + two(3);
}

int main() {
  int a = 10;
  float b[3] = {1, 2, 3};
  run<<<1, 1>>>([=] __device__(int i) { return i + a; }, 0);
  run<<<1, 1>>>([=] __host__ __device__(int i) { return i + (int)b[2]; }, 1);
  run<<<1, 1>>>([=] __device__(int i) -> int { return call([=](int x) { return x + a + i; }); }, 2);
  Holder().copied();
  inside<<<1, 1>>>();
  show(6);
  auto both = [] __host__ __device__(int i) { return i; };
  auto host = [](int i) { return i; };
  printf("%d\n", both(3) + host(4));
}
