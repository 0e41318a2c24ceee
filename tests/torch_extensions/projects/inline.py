"""An extension in two strings, built when it is asked for."""

import torch
from torch.utils.cpp_extension import load_inline

KERNELS = """
__global__ void add_kernel(const float *x, const float *y, float *out, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    out[i] = x[i] + y[i];
}
torch::Tensor add(torch::Tensor x, torch::Tensor y) {
  auto out = torch::empty_like(x);
  const int n = x.numel();
  add_kernel<<<(n + 63) / 64, 64>>>(x.data_ptr<float>(), y.data_ptr<float>(), out.data_ptr<float>(), n);
  cudaDeviceSynchronize();
  return out;
}
"""
module = load_inline(
    "inline_ops",
    cpp_sources="torch::Tensor add(torch::Tensor x, torch::Tensor y);",
    cuda_sources=KERNELS,
    functions=["add"],
    build_directory=".",
)
x, y = torch.randn(1000), torch.randn(1000)
torch.testing.assert_close(module.add(x, y), x + y)
print("as torch says")
