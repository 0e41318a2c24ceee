#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaMallocAsync(void** out, size_t bytes, cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) { return cw::allocate_in_stream(stream, bytes, out); });
}
