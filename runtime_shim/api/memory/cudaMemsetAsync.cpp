#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemsetAsync(void* dst, int value, size_t bytes, cudaStream_t handle) {
  return cw::on_stream(handle,
                       [&](cw::Stream& stream) { return cw::submit_fill(stream, cw::Fill::bytes(dst, value, bytes), false); });
}
