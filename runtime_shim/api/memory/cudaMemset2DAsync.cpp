#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemset2DAsync(void* dst, size_t pitch, int value, size_t width, size_t height, cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    return cw::submit_fill(stream, cw::Fill{dst, pitch, 0, static_cast<uint8_t>(value), 1, width, height, 1}, false);
  });
}
