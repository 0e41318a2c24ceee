#include "api/entry.hpp"
#include "core/array_copies.hpp"

CW_ENTRY cudaError_t cudaMemcpyToArray(cudaArray_t dst, size_t x, size_t y, const void* src, size_t bytes, cudaMemcpyKind kind) {
  return cw::on_stream(nullptr,
                       [&](cw::Stream& stream) { return cw::copy_run_to_array(stream, dst, {x, y}, src, bytes, kind, true); });
}
