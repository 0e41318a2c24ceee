#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpy2DAsync(void* dst, size_t dst_pitch, const void* src, size_t src_pitch, size_t width, size_t height,
                                       cudaMemcpyKind kind, cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    return cw::submit_copy(stream, cw::Copy{src, src_pitch, 0, dst, dst_pitch, 0, width, height, 1, kind}, false);
  });
}
