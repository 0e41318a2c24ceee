#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <stdexcept>

#include "sums.hpp"

namespace nb = nanobind;
using Matrix = nb::ndarray<const double, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
using Vector = nb::ndarray<nb::numpy, double, nb::ndim<1>>;

static Vector row_sums_of(const Matrix& matrix) {
  const std::size_t rows = matrix.shape(0);
  auto* sums = new double[rows];
  nb::capsule owner(sums, [](void* memory) noexcept { delete[] static_cast<double*>(memory); });
  if (row_sums(matrix.data(), sums, static_cast<int>(rows), static_cast<int>(matrix.shape(1))))
    throw std::runtime_error("the kernel failed");
  return Vector(sums, {rows}, owner);
}

NB_MODULE(with_nanobind, module) { module.def("row_sums", &row_sums_of); }
