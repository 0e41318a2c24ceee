#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpy2D(void* dst, size_t dst_pitch, const void* src, size_t src_pitch, size_t width, size_t height,
                                  cudaMemcpyKind kind) {
  return cw::on_stream(nullptr, [&](cw::Stream& stream) {
    return cw::submit_copy(stream, cw::Copy{src, src_pitch, 0, dst, dst_pitch, 0, width, height, 1, kind}, true);
  });
}
