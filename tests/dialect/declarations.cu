// Declarations of one function whose attributes differ: nvcc takes all of them together.
#include "show.h"

__host__ __device__ int first(int);
int first(int x) { return x + 1; }
int second(int);
__host__ __device__ int second(int x) { return x + 2; }

struct Members {
  __host__ __device__ int declared();
  int defined();
  int on_device();
};
int Members::declared() { return 10; }
__host__ __device__ int Members::defined() { return 20; }
__device__ int Members::on_device() { return 30; }

template <typename T>
__host__ __device__ T specialised() {
  return 1;
}
template <>
__device__ int specialised<int>() {
  return 3;
}
template <>
float specialised<float>() {
  return 4;
}

__global__ void kernel() {
  Members members;
  out[0] = first(1) + second(1);
  out[1] = members.declared() + members.defined() + members.on_device();
  out[2] = specialised<short>() + specialised<int>() + (int)specialised<float>();
}

int main() {
  Members members;
  printf("%d %d\n", first(1) + second(1), members.declared() + members.defined());
  kernel<<<1, 1>>>();
  show(3);
}
