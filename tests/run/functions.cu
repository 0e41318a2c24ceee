// Calls that compilers like to remove: recursion, function pointers, virtual functions, structures by value in and out.
#include <cstdio>

struct Wide {
  int values[40];
};

__device__ __noinline__ int ackermann(int m, int n) {
  return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

__device__ __noinline__ int sum(Wide wide) {  // its own copy
  int total = 0;
  for (int& value : wide.values) {
    total += value;
    value = -1;
  }
  return total;
}

__device__ __noinline__ Wide doubled(const Wide& wide, int offset) {
  Wide result;
  for (int i = 0; i < 40; ++i) result.values[i] = 2 * wide.values[i] + offset;
  return result;
}

__device__ int plus(int a, int b) { return a + b; }
__device__ int times(int a, int b) { return a * b; }
__device__ int minus(int a, int b) { return a - b; }
using Operation = int (*)(int, int);
__device__ Operation operations[] = {plus, times, minus};

class Shape {
 public:
  __device__ virtual int area() const = 0;
  __device__ virtual int corners() const { return 4; }
  __device__ virtual ~Shape() {}
};
class Square : public Shape {
 public:
  __device__ explicit Square(int side) : side_(side) {}
  __device__ int area() const override { return side_ * side_; }

 private:
  int side_;
};
class Triangle : public Shape {
 public:
  __device__ Triangle(int base, int height) : base_(base), height_(height) {}
  __device__ int area() const override { return base_ * height_ / 2; }
  __device__ int corners() const override { return 3; }

 private:
  int base_, height_;
};

__global__ void calls(Wide wide, const Wide* pointer, int* out) {
  const int i = threadIdx.x;
  out[i] = ackermann(2, i % 5);
  out[64 + i] = sum(wide) + sum(*pointer) + sum(wide);
  const Wide twice = doubled(*pointer, i);
  out[128 + i] = twice.values[i % 40] + twice.values[39];
  out[192 + i] = operations[i % 3](i, 7);
  const Square square(i);
  const Triangle triangle(i, 4);
  const Shape& shape = i % 2 == 0 ? static_cast<const Shape&>(square) : triangle;
  out[256 + i] = shape.area() * 10 + shape.corners();
}

int main() {
  Wide* wide;
  int* out;
  cudaMallocManaged(&wide, sizeof(Wide));
  cudaMallocManaged(&out, 320 * sizeof(int));
  for (int i = 0; i < 40; ++i) wide->values[i] = i;
  calls<<<1, 64>>>(*wide, wide, out);
  const cudaError_t error = cudaDeviceSynchronize();
  for (int row = 0; row < 5; ++row) {
    printf("%d %d %d %d ... %d\n", out[64 * row], out[64 * row + 1], out[64 * row + 2], out[64 * row + 3], out[64 * row + 63]);
  }
  printf("%s, %d\n", cudaGetErrorName(error), wide->values[39]);
}
