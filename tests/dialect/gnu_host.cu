// GNU C++ in host code, which nvcc leaves to g++ and its default language.
#include <immintrin.h>

#include "show.h"

struct Point {
  int x, y;
  union {
    int u;
    float f;
  };
};
static Point point = {.x = 1, .y = 2};
typeof(point) other = {3};
typedef __float128 quad;
typedef float four __attribute__((vector_size(16)));

static int expression(int x) {
  return ({
    int t = x;
    t + 1;
  });
}
static int range(int c) {
  switch (c) {
    case 1 ... 5:
      return 1;
    default:
      return 0;
  }
}
static int labels(int i) {
  static void* table[] = {&&first, &&second};
  goto* table[i];
first:
  return 1;
second:
  return 2;
}
static int assembly(int a, int b) {
  asm("addl %1, %0" : "+r"(a) : "r"(b) : "cc");
  return a;
}
static int simd() {
  __m128i a = _mm_set1_epi32(3);
  return _mm_cvtsi128_si32(_mm_add_epi32(a, a));
}
static int variable_length(int n) {
  int list[n];
  list[n - 1] = n;
  return list[n - 1] + sizeof(list);
}
__attribute__((constructor)) static void before_main() { printf("constructor\n"); }
static __thread int local = 3;
__global__ void kernel() { out[0] = 1; }

int main() {
  kernel<<<1, 1>>>();
  show(1);
  four vector = {1, 2, 3, 4};
  vector = vector + vector;
  quad wide = 1.5;
  printf("%d %d %d %d %d\n", expression(1), range(3), labels(1), assembly(1, 2), simd());
  printf("%d %d %d %d %d %d\n", variable_length(3), point.y, other.x, (local ?: 9), (int)vector[2], (int)(wide * 2));
}
