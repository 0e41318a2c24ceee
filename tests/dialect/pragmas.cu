// nvcc's pragmas, and unroll with what nvcc takes behind it and before it.
#include "show.h"
#pragma nv_diag_suppress 177
#pragma nv_diagnostic push
#pragma nv_diagnostic pop
#define UNROLL _Pragma("unroll")

constexpr int four = 4;
template <int N>
__device__ int sum(const int* p) {
  int s = 0;
#pragma unroll
  for (int i = 0; i < N; ++i) s += p[i];
#pragma unroll N
  for (int i = 0; i < N; ++i) s += p[i];
#pragma unroll N> 4 ? 2 : 1
  for (int i = 0; i < N; ++i) s += p[i];
#pragma unroll N * 2 + 1
  for (int i = 0; i < N; ++i) s += p[i];
#pragma unroll sizeof(int)
  for (int i = 0; i < N; ++i) s += p[i];
  return s;
}

__global__ void kernel(int n) {
  int values[6] = {1, 2, 3, 4, 5, 6};
  out[0] = sum<6>(values);
  int s = 0;
  UNROLL
  for (int x : values) s += x;
#pragma unroll four
  for (int i = 0; i < n; ++i) s += i;
#pragma unroll
  if (n > 0)
    for (int i = 0; i < n; ++i) s += i;
#pragma unroll
#pragma unroll 4
  for (int i = 0; i < n; ++i) s += i;
#pragma unroll - 1
  for (int i = 0; i < n; ++i) s += i;
  int j = 0;
#pragma unroll 2
  while (j < 3) ++j;
#pragma unroll
  do ++j;
  while (j < 6);
  out[1] = s + j;
#pragma unroll
}

int main() {
  kernel<<<1, 1>>>(4);
  show(2);
}
