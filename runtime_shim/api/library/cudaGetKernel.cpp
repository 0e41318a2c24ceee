#include "api/entry.hpp"

// The handle of a kernel of the program itself is its host stub: whatever takes a kernel knows it by that.
CW_ENTRY cudaError_t cudaGetKernel(cudaKernel_t* out, const void* stub) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_kernel(stub, [&](cw::Kernel&) {
    *out = static_cast<cudaKernel_t>(const_cast<void*>(stub));
    return cudaSuccess;
  });
}
