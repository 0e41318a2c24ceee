#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaMalloc(void** out, size_t bytes) {
  return cw::on_device([&](cw::Device& device, int ordinal) { return cw::allocate_device(device, ordinal, bytes, out); });
}
