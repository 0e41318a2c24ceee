#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaMallocManaged(void** out, size_t bytes, unsigned flags) {
  if (flags != cudaMemAttachGlobal && flags != cudaMemAttachHost) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_device([&](cw::Device& device, int ordinal) { return cw::allocate_managed(device, ordinal, bytes, flags, out); });
}
