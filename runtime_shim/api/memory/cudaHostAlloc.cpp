#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaHostAlloc(void** out, size_t bytes, unsigned flags) {
  constexpr unsigned known = cudaHostAllocPortable | cudaHostAllocMapped | cudaHostAllocWriteCombined;
  if ((flags & ~known) != 0) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_device([&](cw::Device& device, int ordinal) { return cw::allocate_host(device, ordinal, bytes, flags, out); });
}
