// A structure that holds a `long double` is laid out as on the host: what lies behind it is read right.
#include <cstdio>

struct Mixed {
  int first;
  long double host_only;
  int last;
};

struct Derived : Mixed {
  short extra;
};

__global__ void read(Mixed by_value, const Derived* derived, int* out) {
  out[0] = by_value.last;
  out[1] = derived[1].last;
  out[2] = derived[1].extra;
  out[3] = sizeof(Mixed);
  out[4] = alignof(Derived);
}

int main() {
  Derived* derived;
  int* out;
  cudaMallocManaged(&derived, 2 * sizeof(Derived));
  cudaMallocManaged(&out, 5 * sizeof(int));
  derived[1].last = 20;
  derived[1].extra = 30;
  read<<<1, 1>>>(Mixed{1, 2.5L, 10}, derived, out);
  if (cudaDeviceSynchronize() != cudaSuccess) return 1;
  printf("%d %d %d\n", out[0], out[1], out[2]);
  printf("size %d, alignment %d\n", out[3] == sizeof(Mixed), out[4] == alignof(Derived));
}
