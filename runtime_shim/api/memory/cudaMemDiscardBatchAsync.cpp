#include "api/entry.hpp"
#include "core/batches.hpp"

CW_ENTRY cudaError_t cudaMemDiscardBatchAsync(void** memory, size_t* bytes, size_t count, unsigned long long flags,
                                              cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream&) { return cw::check_discards(memory, bytes, count, flags); });
}
