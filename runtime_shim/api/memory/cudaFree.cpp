#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaFree(void* memory) {
  return cw::on_device([&](cw::Device&, int) { return cw::free_device(memory); });
}
