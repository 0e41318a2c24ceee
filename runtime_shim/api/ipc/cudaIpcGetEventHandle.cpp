#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaIpcGetEventHandle(cudaIpcEventHandle_t* out, cudaEvent_t handle) {
  return cw::on_event(handle, [&](cw::Event& event) {
    if (out == nullptr) return cudaErrorInvalidValue;
    return cw::runtime().device(cw::runtime().events().device_of(handle)).share_event(event, out);
  });
}
