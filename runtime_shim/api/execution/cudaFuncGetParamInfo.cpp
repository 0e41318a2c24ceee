#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaFuncGetParamInfo(const void* function, size_t index, size_t* offset, size_t* size) {
  if (offset == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_kernel(function, [&](cw::Kernel& kernel) {
    size_t ignored = 0;
    return kernel.parameter(index, offset, size != nullptr ? size : &ignored);
  });
}
