#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpy(void* dst, const void* src, size_t bytes, cudaMemcpyKind kind) {
  return cw::on_stream(nullptr,
                       [&](cw::Stream& stream) { return cw::submit_copy(stream, cw::Copy::plain(dst, src, bytes, kind), true); });
}
