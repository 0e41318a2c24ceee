#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemset2D(void* dst, size_t pitch, int value, size_t width, size_t height) {
  return cw::on_stream(nullptr, [&](cw::Stream& stream) {
    return cw::submit_fill(stream, cw::Fill{dst, pitch, 0, static_cast<uint8_t>(value), 1, width, height, 1}, true);
  });
}
