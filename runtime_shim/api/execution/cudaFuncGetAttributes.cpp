#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, const void* function) {
  if (attributes == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_kernel(function, [&](cw::Kernel& kernel) { return kernel.attributes(attributes); });
}
