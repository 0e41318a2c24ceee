#include "api/entry.hpp"
#include "core/symbols.hpp"

CW_ENTRY cudaError_t cudaMemcpyFromSymbol(void* dst, const void* symbol, size_t bytes, size_t offset, cudaMemcpyKind kind) {
  return cw::on_stream(nullptr,
                       [&](cw::Stream& stream) { return cw::copy_from_symbol(stream, dst, symbol, bytes, offset, kind, true); });
}
