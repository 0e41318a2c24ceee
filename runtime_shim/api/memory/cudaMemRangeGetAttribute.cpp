#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemRangeGetAttribute(void* out, size_t out_bytes, cudaMemRangeAttribute attribute, const void* memory,
                                              size_t bytes) {
  return cw::on_device([&](cw::Device&, int) { return cw::range_attribute(out, out_bytes, attribute, memory, bytes); });
}
