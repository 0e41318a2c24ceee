#include "api/entry.hpp"

// One run of bytes, which fills row after row from (x, y).
CW_ENTRY cudaError_t cudaMemcpyToArray(cudaArray_t dst, size_t x, size_t y, const void* src, size_t bytes, cudaMemcpyKind kind) {
  return cw::on_stream(nullptr, [&](cw::Stream& stream) {
    const cw::Array* array = cw::find_array(dst);
    if (array == nullptr) return cudaErrorInvalidResourceHandle;
    const size_t row = array->extent.width * array->element_bytes();
    const auto* from = static_cast<const char*>(src);
    for (; bytes > 0; ++y, x = 0) {
      const size_t part = x <= row && bytes > row - x ? row - x : bytes;
      const cudaError_t error = cw::copy_to_array(stream, dst, x, y, from, part, part, 1, kind, true);
      if (error != cudaSuccess) return error;
      from += part;
      bytes -= part;
    }
    return cudaSuccess;
  });
}
