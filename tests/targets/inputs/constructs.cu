// Constructs that need more than a renaming: returned and passed structs, variadics, tables of functions, recursion, conversions.
#include "device.h"
struct Big {
  double v[40];
};
struct B2 {
  bool a;
  __int128 x;
  char c;
};
__device__ __attribute__((noinline)) Big mk(double s) {
  Big b;
  for (int i = 0; i < 40; i++) b.v[i] = s + i;
  return b;
}
__device__ int vsum(int n, ...) {
  __builtin_va_list l;
  __builtin_va_start(l, n);
  double s = 0;
  for (int i = 0; i < n; i++) {
    s += __builtin_va_arg(l, int);
    s += __builtin_va_arg(l, double);
  }
  __builtin_va_end(l);
  return (int)s;
}
__global__ void k1(double* p) {
  Big b = mk(p[0]);
  p[threadIdx_x] = b.v[threadIdx_x % 40];
}
__global__ void k2(bool f, B2 b, short s, B2* out) {
  if (f) {
    out[threadIdx_x] = b;
    out[threadIdx_x].x += s;
  }
}
__global__ void k3(int* p) { p[0] = vsum(2, 1, 2.0, 3, 4.0); }
__global__ void k4(int* p, int n) {
  int a[8];
  for (int i = 0; i < 8; i++) a[i] = p[i];
  p[threadIdx_x] = a[n & 7];
}
typedef int (*fn)(int);
__device__ int f1(int x) { return x + 1; }
__device__ int f2(int x) { return x * 2; }
__device__ fn table[2] = {f1, f2};
__global__ void k5(int* p) { p[threadIdx_x] = table[p[0] & 1](p[1]); }
__global__ void k6(float* p, unsigned char* q, long long* r) {
  q[0] = (unsigned char)p[0];
  r[0] = (long long)p[1];
}
__device__ int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
__global__ void k7(int* p) { p[0] = fib(p[1]); }
__global__ void k8(int* p) {
  for (int i = 0; i < 3; i++) {
    auto g = [=](int x) { return x + i; };
    p[i] = g(p[i]);
  }
}
