#include "api/entry.hpp"
#include "core/array_copies.hpp"

CW_ENTRY cudaError_t cudaMemcpy2DArrayToArray(cudaArray_t dst, size_t dst_x, size_t dst_y, cudaArray_const_t src, size_t src_x,
                                              size_t src_y, size_t width, size_t height, cudaMemcpyKind kind) {
  return cw::on_stream(nullptr, [&](cw::Stream& stream) {
    return cw::copy_between_arrays(stream, dst, {dst_x, dst_y}, src, {src_x, src_y}, width, height, kind, true);
  });
}
