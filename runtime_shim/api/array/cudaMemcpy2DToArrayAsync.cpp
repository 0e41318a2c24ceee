#include "api/entry.hpp"
#include "core/array_copies.hpp"

CW_ENTRY cudaError_t cudaMemcpy2DToArrayAsync(cudaArray_t dst, size_t x, size_t y, const void* src, size_t pitch, size_t width,
                                              size_t height, cudaMemcpyKind kind, cudaStream_t handle) {
  return cw::on_stream(
      handle, [&](cw::Stream& stream) { return cw::copy_to_array(stream, dst, x, y, src, pitch, width, height, kind, false); });
}
