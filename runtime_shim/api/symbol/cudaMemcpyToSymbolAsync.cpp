#include "api/entry.hpp"
#include "core/symbols.hpp"

CW_ENTRY cudaError_t cudaMemcpyToSymbolAsync(const void* symbol, const void* src, size_t bytes, size_t offset, cudaMemcpyKind kind,
                                             cudaStream_t handle) {
  return cw::on_stream(handle,
                       [&](cw::Stream& stream) { return cw::copy_to_symbol(stream, symbol, src, bytes, offset, kind, false); });
}
