#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaEventRecord(cudaEvent_t handle, cudaStream_t stream_handle) {
  return cw::on_stream(stream_handle, [&](cw::Stream& stream) {
    cw::Event* event = cw::runtime().events().find(handle);
    if (event == nullptr) return cudaErrorInvalidResourceHandle;
    const bool same = cw::runtime().events().device_of(handle) == cw::runtime().ordinal_of(stream.device());
    return same ? stream.record(*event) : cudaErrorInvalidResourceHandle;
  });
}
