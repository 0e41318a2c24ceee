#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemRangeGetAttributes(void** out, size_t* out_bytes, cudaMemRangeAttribute* attributes, size_t count,
                                               const void* memory, size_t bytes) {
  return cw::on_device([&](cw::Device&, int) {
    if (out == nullptr || out_bytes == nullptr || attributes == nullptr || count == 0) return cudaErrorInvalidValue;
    cudaError_t error = cudaSuccess;
    for (size_t i = 0; i < count && error == cudaSuccess; ++i) {
      error = cw::range_attribute(out[i], out_bytes[i], attributes[i], memory, bytes);
    }
    return error;
  });
}
