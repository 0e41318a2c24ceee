#include "api/entry.hpp"
#include "core/array_copies.hpp"

CW_ENTRY cudaError_t cudaMemcpyToArrayAsync(cudaArray_t dst, size_t x, size_t y, const void* src, size_t bytes, cudaMemcpyKind kind,
                                            cudaStream_t handle) {
  return cw::on_stream(handle,
                       [&](cw::Stream& stream) { return cw::copy_run_to_array(stream, dst, {x, y}, src, bytes, kind, false); });
}
