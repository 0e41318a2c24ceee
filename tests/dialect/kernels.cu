// Kinds of kernels, their attributes and parameters.
#include "show.h"

namespace {
__global__ void unnamed(int v) { out[0] = v; }
}  // namespace
static __global__ void internal(int v) { out[1] = v; }
extern "C" __global__ void c_linkage(int v) { out[2] = v; }
template <typename T, T V>
__global__ void value() {
  out[3] = (int)V;
}
template <>
__global__ void value<char, 'a'>() {
  out[3] = 99;
}
enum class Colour { red = 3 };
class Secret {
  int secret = 6;
  template <typename T>
  friend __global__ void befriended(Secret, T);
};
template <typename T>
__global__ void befriended(Secret s, T v) {
  out[4] = s.secret + v;
}
template <typename... T>
__global__ void many(T... values) {
  out[5] = (values + ...);
}
struct Bounds {
  static constexpr int threads = 96;
  enum { blocks = 2 };
};
template <typename B>
__global__ __launch_bounds__(B::threads, B::blocks) void bounded() {
  out[6] = B::threads;
}
__launch_bounds__(32) __global__ void first_bounded() { out[7] = 7; }
void __global__ __maxnreg__(64) few_registers() { out[8] = 8; }

struct Large {
  int values[8];
};
struct None {};
__device__ int read(const Large* p) { return p->values[3]; }
__global__ void parameters(const __grid_constant__ Large large, None, bool flag, float3 v, const int (*array)[4]) {
  out[9] = read(&large) + flag + (int)v.z + (array == nullptr);
}

int main() {
  unnamed<<<1, 1>>>(1);
  internal<<<1, 1>>>(2);
  c_linkage<<<1, 1>>>(3);
  value<Colour, Colour::red><<<1, 1>>>();
  befriended<<<1, 1>>>(Secret(), 1);
  many<<<1, 1>>>(1, 2, 5);
  bounded<Bounds><<<1, 1>>>();
  first_bounded<<<1, 1>>>();
  few_registers<<<1, 1>>>();
  Large large = {{0, 0, 0, 7}};
  parameters<<<1, 1>>>(large, None(), true, make_float3(1, 2, 3), nullptr);
  show(10);
  value<char, 'a'><<<1, 1>>>();
  show(4);
}
