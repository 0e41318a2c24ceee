// Variables: constants of host code in device code, static ones, initialisers, addresses, managed ones, member variables.
#include "show.h"

const int size = 5;
constexpr float factor = 2.5f;
static const unsigned mask = 1u << 4;
namespace space {
const int nine = 9;
}
struct Constants {
  static const int three = 3;
  static constexpr float half = 0.5f;
};

struct Value {
  int x;
  constexpr Value(int v) : x(v) {}
};
struct Unset {
  int x;
  __host__ __device__ Unset() {}
};
__device__ Unset unset;
__device__ const Value values[2] = {1, 2};
__device__ int list[3] = {1, 2, 3};
__device__ int* second = list + 1;
__constant__ int* third = &list[2];
__device__ const char* const words[] = {"x", "yz"};
static __device__ __constant__ int both = 3;
__managed__ __align__(16) int managed = 6;
__device__ __align__(64) int aligned[4];
typedef int (*Function)(int);
__device__ int increment(int x) { return x + 1; }
__device__ Function functions[] = {increment};
template <typename T>
__device__ T generic = T(7);
__shared__ int at_file_scope[4];

__device__ int counter() {
  static int n = 10;
  return atomicAdd(&n, 1);
}
template <typename T>
__device__ T& cell() {
  static T value = 2;
  return value;
}

__global__ void kernel() {
  int local[size];
  local[0] = size;
  out[0] = local[0] + mask + space::nine + Constants::three + (int)(factor * 2) + (int)(Constants::half * 4);
  unset.x = 1;
  out[1] = unset.x + values[1].x + *second + *third + words[1][1] + both + managed;
  out[2] = functions[0](3) + generic<int> + ((size_t)aligned % 64 == 0);
  static const int table[3] = {1, 2, 3};
  static __constant__ int constant = 4;
  at_file_scope[1] = counter();
  out[3] = at_file_scope[1] + counter() + ++cell<int>() + table[threadIdx.x + 1] + constant;
}

int main() {
  kernel<<<1, 1>>>();
  show(4);
}
