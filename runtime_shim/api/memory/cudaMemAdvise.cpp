#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemAdvise(const void* memory, size_t bytes, cudaMemoryAdvise advice, int ordinal) {
  return cw::on_device([&](cw::Device&, int) { return cw::advise(memory, bytes, advice, cw::location_of_ordinal(ordinal)); });
}
