#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaEventQuery(cudaEvent_t handle) {
  return cw::on_event(handle, [](cw::Event& event) {
    if (cw::captures().is_captured(event)) return cudaErrorCapturedEvent;
    return event.query();
  });
}
