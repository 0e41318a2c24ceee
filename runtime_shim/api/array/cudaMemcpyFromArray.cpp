#include "api/entry.hpp"
#include "core/array_copies.hpp"

CW_ENTRY cudaError_t cudaMemcpyFromArray(void* dst, cudaArray_const_t src, size_t x, size_t y, size_t bytes, cudaMemcpyKind kind) {
  return cw::on_stream(nullptr,
                       [&](cw::Stream& stream) { return cw::copy_run_from_array(stream, dst, src, {x, y}, bytes, kind, true); });
}
