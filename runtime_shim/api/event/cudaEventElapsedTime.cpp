#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t start, cudaEvent_t end) {
  return cw::on_event(start, [&](cw::Event& from) {
    cw::Event* to = cw::runtime().events().find(end);
    if (to == nullptr) return cudaErrorInvalidResourceHandle;
    cw::Handles<cw::Event>& events = cw::runtime().events();
    if (events.device_of(start) != events.device_of(end)) return cudaErrorInvalidResourceHandle;
    return milliseconds == nullptr ? cudaErrorInvalidValue : from.elapsed(*to, milliseconds);
  });
}
