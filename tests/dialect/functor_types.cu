// Host code asks for the type of what a device function returns: nothing is called.
#include <type_traits>
#include <utility>

#include "show.h"

struct Square {
  __device__ float operator()(int x) const { return x * x; }
};
__device__ short narrow(int);
template <typename F>
struct Result {
  using type = decltype(std::declval<F>()(1));
};
decltype(narrow(1)) global = 3;
Result<Square>::type other = 4;
static_assert(std::is_invocable<Square, int>::value, "");

template <typename F>
__global__ void apply(F f) {
  out[0] = f(3);
}
template <typename F>
int run(F f) {
  using Type = std::invoke_result_t<F, int>;
  apply<<<1, 1>>>(f);
  return sizeof(Type);
}

int main() {
  static_assert(std::is_same<std::invoke_result_t<Square, int>, float>::value, "");
  printf("%d ", run(Square()));
  show(1);
  printf("%d %d\n", (int)sizeof(global), (int)other);
}
