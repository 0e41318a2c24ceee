#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpyAsync(void* dst, const void* src, size_t bytes, cudaMemcpyKind kind, cudaStream_t handle) {
  return cw::on_stream(handle,
                       [&](cw::Stream& stream) { return cw::submit_copy(stream, cw::Copy::plain(dst, src, bytes, kind), false); });
}
