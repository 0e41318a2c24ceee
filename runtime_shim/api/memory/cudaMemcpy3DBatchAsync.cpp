#include "api/entry.hpp"
#include "core/batches.hpp"

// The legacy default stream takes no batches.
CW_ENTRY cudaError_t cudaMemcpy3DBatchAsync(size_t count, cudaMemcpy3DBatchOp* list, size_t* failed, unsigned long long flags,
                                            cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (&stream == &stream.device().legacy_stream()) return cudaErrorInvalidValue;
    return cw::submit_copies_3d(stream, count, list, flags, failed);
  });
}
