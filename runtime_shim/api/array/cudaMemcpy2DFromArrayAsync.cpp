#include "api/entry.hpp"
#include "core/array_copies.hpp"

CW_ENTRY cudaError_t cudaMemcpy2DFromArrayAsync(void* dst, size_t pitch, cudaArray_const_t src, size_t x, size_t y, size_t width,
                                                size_t height, cudaMemcpyKind kind, cudaStream_t handle) {
  return cw::on_stream(
      handle, [&](cw::Stream& stream) { return cw::copy_from_array(stream, dst, pitch, src, x, y, width, height, kind, false); });
}
