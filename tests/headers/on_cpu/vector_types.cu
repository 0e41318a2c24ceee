// Every vector type: its maker puts each component where it belongs, and its size and alignment are CUDA's.
#include "check.h"

// Types of one word, to be written like functions.
using schar = signed char;
using byte = unsigned char;
using half_word = unsigned short;
using word = unsigned;
using ul = unsigned long;
using ll = long long;
using ull = unsigned long long;

template <typename V, typename T>
__device__ bool holds(V made, int count, T first) {
  const T* const parts = reinterpret_cast<const T*>(&made);
  for (int i = 0; i < count; ++i) {
    if (parts[i] != static_cast<T>(first + i)) return false;
  }
  return sizeof(V) == count * sizeof(T);
}

#define ALL(name, T, alignment1, alignment2, alignment4)                                           \
  CHECK(holds(make_##name##1(T(1)), 1, T(1)) && alignof(name##1) == alignment1);                   \
  CHECK(holds(make_##name##2(T(1), T(2)), 2, T(1)) && alignof(name##2) == alignment2);             \
  CHECK(holds(make_##name##3(T(1), T(2), T(3)), 3, T(1)) && alignof(name##3) == alignment1);       \
  CHECK(holds(make_##name##4(T(1), T(2), T(3), T(4)), 4, T(1)) && alignof(name##4) == alignment4); \
  {                                                                                                \
    const name##1 one = {T(5)};                                                                    \
    const name##2 two = {T(5), T(6)};                                                              \
    const name##3 three = {T(5), T(6), T(7)};                                                      \
    const name##4 four = {T(5), T(6), T(7), T(8)};                                                 \
    CHECK(one.x == T(5) && two.y == T(6) && three.z == T(7) && four.w == T(8) && four.x == T(5));  \
  }
// CUDA 13's names for the two alignments of vectors of 32 bytes.
#define WIDE(name, T)                                                                              \
  CHECK(holds(make_##name##4_16a(T(1), T(2), T(3), T(4)), 4, T(1)) && alignof(name##4_16a) == 16); \
  CHECK(holds(make_##name##4_32a(T(1), T(2), T(3), T(4)), 4, T(1)) && alignof(name##4_32a) == 32)

__global__ void makers() {
  ALL(char, schar, 1, 2, 4);
  ALL(uchar, byte, 1, 2, 4);
  ALL(short, short, 2, 4, 8);
  ALL(ushort, half_word, 2, 4, 8);
  ALL(int, int, 4, 8, 16);
  ALL(uint, word, 4, 8, 16);
  ALL(long, long, 8, 16, 16);
  ALL(ulong, ul, 8, 16, 16);
  ALL(longlong, ll, 8, 16, 16);
  ALL(ulonglong, ull, 8, 16, 16);
  ALL(float, float, 4, 8, 16);
  ALL(double, double, 8, 16, 16);
  WIDE(long, long);
  WIDE(ulong, ul);
  WIDE(longlong, ll);
  WIDE(ulonglong, ull);
  WIDE(double, double);
}

int main() {
  makers<<<1, 1>>>();
  return finish();
}
