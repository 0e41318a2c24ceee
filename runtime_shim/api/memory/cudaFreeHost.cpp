#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaFreeHost(void* memory) {
  return cw::on_device([&](cw::Device&, int) { return cw::free_host(memory); });
}
