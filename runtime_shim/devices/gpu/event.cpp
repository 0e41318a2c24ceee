#include "devices/gpu/device.hpp"

namespace cw::gpu {

GpuEvent::~GpuEvent() { device_.invoke(device_.driver().event_destroy, native_); }

cudaError_t GpuEvent::query() { return device_.invoke(device_.driver().event_query, native_); }

cudaError_t GpuEvent::synchronize() { return device_.synchronized(device_.invoke(device_.driver().event_synchronize, native_)); }

cudaError_t GpuEvent::elapsed(Event& end, float* milliseconds) {
  return device_.invoke(device_.driver().event_elapsed, milliseconds, native_, static_cast<GpuEvent&>(end).native());
}

}  // namespace cw::gpu
