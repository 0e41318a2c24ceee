#include "api/entry.hpp"

// One run of bytes, taken row after row from (x, y).
CW_ENTRY cudaError_t cudaMemcpyFromArray(void* dst, cudaArray_const_t src, size_t x, size_t y, size_t bytes, cudaMemcpyKind kind) {
  return cw::on_stream(nullptr, [&](cw::Stream& stream) {
    const cw::Array* array = cw::find_array(src);
    if (array == nullptr) return cudaErrorInvalidResourceHandle;
    const size_t row = array->extent.width * array->element_bytes();
    auto* to = static_cast<char*>(dst);
    for (; bytes > 0; ++y, x = 0) {
      const size_t part = x <= row && bytes > row - x ? row - x : bytes;
      const cudaError_t error = cw::copy_from_array(stream, to, part, src, x, y, part, 1, kind, true);
      if (error != cudaSuccess) return error;
      to += part;
      bytes -= part;
    }
    return cudaSuccess;
  });
}
