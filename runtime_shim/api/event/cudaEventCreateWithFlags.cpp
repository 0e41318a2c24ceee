#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaEventCreateWithFlags(cudaEvent_t* out, unsigned flags) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    constexpr unsigned known = cudaEventBlockingSync | cudaEventDisableTiming | cudaEventInterprocess;
    if (out == nullptr || (flags & ~known) != 0) return cudaErrorInvalidValue;
    if ((flags & cudaEventInterprocess) != 0 && (flags & cudaEventDisableTiming) == 0) return cudaErrorInvalidValue;
    cw::Owned<cw::Event> event;
    const cudaError_t error = device.create_event(flags, &event);
    if (error != cudaSuccess) return error;
    *out = reinterpret_cast<cudaEvent_t>(cw::runtime().events().add(static_cast<cw::Owned<cw::Event>&&>(event), ordinal));
    return cudaSuccess;
  });
}
