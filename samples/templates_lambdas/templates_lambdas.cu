// Generic kernels: templates, function objects and lambdas.
//
// Teaches: a kernel template that takes any callable, __device__ lambdas, __host__ __device__ lambdas (the same body
// checked on the host), captures by value, if constexpr, classes with device member functions, and managed memory,
// which host and device read at the same address. Lambdas marked this way need nvcc's --extended-lambda.
//
// Build: nvcc --extended-lambda -std=c++17 templates_lambdas.cu -o templates_lambdas

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "../common/check.h"

template <typename Function>
__global__ void for_each_index(int count, Function function) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += gridDim.x * blockDim.x) function(i);
}

template <typename Function>
void parallel_for(int count, Function function) {
  for_each_index<<<samples::blocks_for(count, 256), 256>>>(count, function);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaDeviceSynchronize());  // managed memory: wait before the host looks at it
}

// An owner of managed memory; kernels get a copy of its View, never the owner itself.
template <typename T>
class Array {
 public:
  class View {
   public:
    __host__ __device__ T& operator[](int i) const { return data_[i]; }
    __host__ __device__ int size() const { return size_; }

   private:
    friend class Array;
    T* data_ = nullptr;
    int size_ = 0;
  };

  explicit Array(int size) {
    view_.size_ = size;
    CUDA_CHECK(cudaMallocManaged(&view_.data_, size * sizeof(T)));
  }
  ~Array() { cudaFree(view_.data_); }
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;

  View view() const { return view_; }

 private:
  View view_;
};

// Chooses at compile time: integers wrap around, floating-point numbers are clamped.
template <typename T>
__host__ __device__ T narrow(double value) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<std::int64_t>(value) & 0x7f);
  } else {
    return static_cast<T>(value < 0 ? 0 : value > 1 ? 1 : value);
  }
}

template <int Power>
struct Raise {
  __host__ __device__ constexpr double operator()(double value) const { return value * Raise<Power - 1>()(value); }
};
template <>
struct Raise<0> {
  __host__ __device__ constexpr double operator()(double) const { return 1; }
};

template <typename T>
int check_narrow(int count) {
  Array<T> results(count);
  const auto view = results.view();
  // A fraction that is exact, so that fusing the product and the sum (nvcc does by default) changes nothing.
  parallel_for(count, [view] __device__(int i) { view[i] = narrow<T>(0.0078125 * i - 2); });
  int wrong = 0;
  for (int i = 0; i < count; ++i) wrong += view[i] != narrow<T>(0.0078125 * i - 2);
  return wrong;
}

int main() {
  const int count = 10000;
  int wrong = check_narrow<int>(count) + check_narrow<float>(count) + check_narrow<std::int8_t>(count);

  // One lambda for both sides: captures are copied into the kernel's parameters.
  Array<double> cubes(count);
  const auto view = cubes.view();
  const double scale = 0.125;
  const auto cube = [scale] __host__ __device__(int i) { return Raise<3>()(scale * i); };
  parallel_for(view.size(), [=] __device__(int i) { view[i] = cube(i); });
  for (int i = 0; i < count; ++i) wrong += view[i] != cube(i);  // products only: nothing to fuse, equal to the bit

  // The STL works on the same memory once the kernel has finished.
  const double largest = *std::max_element(&view[0], &view[0] + view.size());
  wrong += largest != cube(count - 1);
  return samples::verdict(wrong == 0, "templates_lambdas: 4 kernels from 2 templates, %d values wrong, largest cube %.3f", wrong,
                          largest);
}
