#include "api/entry.hpp"

// Says which stream uses managed memory: nothing here migrates pages, so there is nothing to restrict.
CW_ENTRY cudaError_t cudaStreamAttachMemAsync(cudaStream_t handle, void* memory, size_t, unsigned) {
  return cw::on_stream(handle, [&](cw::Stream&) {
    cw::MemoryRange range;
    return cw::runtime().memory().find(memory, &range) ? cudaSuccess : cudaErrorInvalidValue;
  });
}
