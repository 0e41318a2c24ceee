// Python bindings and kernel in one CUDA source.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include "checks.hpp"

namespace py = pybind11;
using Values = py::array_t<float, py::array::c_style | py::array::forcecast>;

__global__ void saxpy(float a, const float* x, float* y, std::size_t n) {
  const std::size_t i = blockIdx.x * static_cast<std::size_t>(blockDim.x) + threadIdx.x;
  if (i < n) y[i] += a * x[i];
}

static float* copied(const Values& values) {
  float* memory = nullptr;
  check(cudaMalloc(&memory, values.nbytes()));
  check(cudaMemcpy(memory, values.data(), values.nbytes(), cudaMemcpyHostToDevice));
  return memory;
}

static Values saxpy_on_device(float a, const Values& x, const Values& y) {
  if (x.size() != y.size()) throw py::value_error("x and y differ in size");
  const std::size_t n = x.size();
  float *on_device_x = copied(x), *on_device_y = copied(y);
  saxpy<<<static_cast<unsigned>((n + 127) / 128), 128>>>(a, on_device_x, on_device_y, n);
  check(cudaGetLastError());
  Values result(n);
  check(cudaMemcpy(result.mutable_data(), on_device_y, result.nbytes(), cudaMemcpyDeviceToHost));
  check(cudaFree(on_device_x));
  check(cudaFree(on_device_y));
  return result;
}

PYBIND11_MODULE(with_pybind11, module) {
  module.def("saxpy", &saxpy_on_device);
  module.def("fail", [] { check(cudaErrorInvalidValue); });
}
