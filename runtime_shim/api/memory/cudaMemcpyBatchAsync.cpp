#include "api/entry.hpp"
#include "core/batches.hpp"

// The legacy default stream takes no batches.
CW_ENTRY cudaError_t cudaMemcpyBatchAsync(void** dst, void** src, size_t* bytes, size_t count, cudaMemcpyAttributes* attributes,
                                          size_t* first, size_t runs, size_t* failed, cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (&stream == &stream.device().legacy_stream()) return cudaErrorInvalidValue;
    return cw::submit_copies(stream, dst, src, bytes, count, attributes, first, runs, failed);
  });
}
