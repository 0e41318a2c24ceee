#include <torch/extension.h>

at::Tensor softplus_times(const at::Tensor& x, const at::Tensor& y, double beta);
at::Tensor row_max(const at::Tensor& x);

PYBIND11_MODULE(TORCH_EXTENSION_NAME, module) {
  module.def("softplus_times", &softplus_times);
  module.def("row_max", &row_max);
}
