#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemAdvise_v2(const void* memory, size_t bytes, cudaMemoryAdvise advice, cudaMemLocation location) {
  return cw::on_device([&](cw::Device&, int) { return cw::advise(memory, bytes, advice, location); });
}
