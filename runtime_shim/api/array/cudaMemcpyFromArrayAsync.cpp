#include "api/entry.hpp"
#include "core/array_copies.hpp"

CW_ENTRY cudaError_t cudaMemcpyFromArrayAsync(void* dst, cudaArray_const_t src, size_t x, size_t y, size_t bytes,
                                              cudaMemcpyKind kind, cudaStream_t handle) {
  return cw::on_stream(handle,
                       [&](cw::Stream& stream) { return cw::copy_run_from_array(stream, dst, src, {x, y}, bytes, kind, false); });
}
