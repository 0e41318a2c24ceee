#include "api/entry.hpp"
#include "core/symbols.hpp"

CW_ENTRY cudaError_t cudaMemcpyFromSymbolAsync(void* dst, const void* symbol, size_t bytes, size_t offset, cudaMemcpyKind kind,
                                               cudaStream_t handle) {
  return cw::on_stream(handle,
                       [&](cw::Stream& stream) { return cw::copy_from_symbol(stream, dst, symbol, bytes, offset, kind, false); });
}
