#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaMallocHost(void** out, size_t bytes) {
  return cw::on_device([&](cw::Device& device, int ordinal) { return cw::allocate_host(device, ordinal, bytes, 0, out); });
}
