#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaStreamWaitEvent(cudaStream_t handle, cudaEvent_t event_handle, unsigned) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    cw::Event* event = cw::runtime().events().find(event_handle);
    return event == nullptr ? cudaErrorInvalidResourceHandle : stream.wait(*event);
  });
}
