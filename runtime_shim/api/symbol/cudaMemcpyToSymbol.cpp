#include "api/entry.hpp"
#include "core/symbols.hpp"

CW_ENTRY cudaError_t cudaMemcpyToSymbol(const void* symbol, const void* src, size_t bytes, size_t offset, cudaMemcpyKind kind) {
  return cw::on_stream(nullptr,
                       [&](cw::Stream& stream) { return cw::copy_to_symbol(stream, symbol, src, bytes, offset, kind, true); });
}
