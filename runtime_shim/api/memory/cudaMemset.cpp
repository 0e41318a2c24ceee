#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemset(void* dst, int value, size_t bytes) {
  return cw::on_stream(nullptr,
                       [&](cw::Stream& stream) { return cw::submit_fill(stream, cw::Fill::bytes(dst, value, bytes), true); });
}
