#include "api/entry.hpp"
#include "core/batches.hpp"

CW_ENTRY cudaError_t cudaMemDiscardAndPrefetchBatchAsync(void** memory, size_t* bytes, size_t count, cudaMemLocation* locations,
                                                         size_t* first, size_t runs, unsigned long long flags,
                                                         cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    const cudaError_t wrong = cw::check_discards(memory, bytes, count, flags);
    return wrong != cudaSuccess ? wrong : cw::submit_prefetches(stream, memory, bytes, count, locations, first, runs, flags);
  });
}
