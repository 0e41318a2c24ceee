#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPrefetchAsync(const void* memory, size_t bytes, int ordinal, cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    const cudaError_t error = cw::note_prefetch(memory, bytes, cw::location_of_ordinal(ordinal));
    return error != cudaSuccess ? error : stream.prefetch(memory, bytes, ordinal);
  });
}
