// Launches: blanks in the chevrons, braces, any expression, pointers to kernels.
#include <utility>

#include "show.h"

__global__ void put(int* unused, int value) { out[threadIdx.x + threadIdx.y * blockDim.x] = value; }
template <int N>
__global__ void constant(int value) {
  out[0] = N + value;
}
struct Launcher {
  int n;
  template <int N>
  void go() {
    constant<N><<<dim3(n), dim3(n, n), 0, 0>>>(1);
  }
};
template <typename F, typename... A>
void launch(F f, A... arguments) {
  f<<<1, 1>>>(arguments...);
}
// clang-format off
#define LAUNCH(kernel, grid, block) kernel << <grid, block >> >(nullptr, 7)
// clang-format on
typedef void (*Kernel)(int*, int);
Kernel table[] = {put};

int main() {
  dim3 grid(1, 1, 1);
  put<<<grid, {2, 2, 1}>>>(nullptr, 1);
  show(4);
  LAUNCH(put, 1, 2);
  show(4);
  Launcher{1}.go<3>();
  show(1);
  launch(put, nullptr, 5);
  table[0]<<<1u, 1ull, sizeof(int) * 2, cudaStreamPerThread>>>(0, 6);
  show(1);
  [&] { (*table)<<<grid, (1 > 0) ? 1 : 2>>>(nullptr, 8); }();
  if (true)
    put<<<{1}, {1, 1}>>>(nullptr, 9);
  else
    put<<<1, 1>>>(nullptr, 10);
  show(1);
}
