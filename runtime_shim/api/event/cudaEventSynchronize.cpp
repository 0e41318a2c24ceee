#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaEventSynchronize(cudaEvent_t handle) {
  return cw::on_event(handle, [](cw::Event& event) { return event.synchronize(); });
}
