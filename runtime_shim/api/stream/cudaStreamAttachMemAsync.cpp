#include "api/entry.hpp"

// Says which stream uses managed memory: nothing here migrates pages, so there is nothing to restrict.
CW_ENTRY cudaError_t cudaStreamAttachMemAsync(cudaStream_t handle, void* memory, size_t length, unsigned flags) {
  return cw::on_stream(handle, [&](cw::Stream&) {
    const bool known = flags == cudaMemAttachGlobal || flags == cudaMemAttachHost || flags == cudaMemAttachSingle;
    cw::MemoryRange range;
    if (!known || !cw::runtime().memory().find(memory, &range)) return cudaErrorInvalidValue;
    return length == 0 || length == range.bytes ? cudaSuccess : cudaErrorInvalidValue;
  });
}
