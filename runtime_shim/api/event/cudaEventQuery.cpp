#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaEventQuery(cudaEvent_t handle) {
  return cw::on_event(handle, [](cw::Event& event) { return event.query(); });
}
