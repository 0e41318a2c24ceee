// What every file of the project includes: an array in device memory, and how errors are told.
#pragma once

#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

inline void check(cudaError_t code, const char* what) {
  if (code != cudaSuccess) throw std::runtime_error(std::string(what) + ": " + cudaGetErrorString(code));
}

template <class T>
class Tensor {
 public:
  explicit Tensor(size_t count) : count_(count) { check(cudaMalloc(&data_, count * sizeof(T)), "cudaMalloc"); }
  explicit Tensor(const std::vector<T>& values) : Tensor(values.size()) {
    check(cudaMemcpy(data_, values.data(), count_ * sizeof(T), cudaMemcpyHostToDevice), "cudaMemcpy");
  }
  Tensor(Tensor&& other) noexcept : data_(std::exchange(other.data_, nullptr)), count_(other.count_) {}
  ~Tensor() { cudaFree(data_); }

  T* data() const { return data_; }
  size_t size() const { return count_; }
  std::vector<T> values() const {
    std::vector<T> result(count_);
    check(cudaMemcpy(result.data(), data_, count_ * sizeof(T), cudaMemcpyDeviceToHost), "cudaMemcpy");
    return result;
  }

 private:
  T* data_ = nullptr;
  size_t count_;
};
