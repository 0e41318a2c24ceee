#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaIpcOpenEventHandle(cudaEvent_t* out, cudaIpcEventHandle_t handle) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (out == nullptr) return cudaErrorInvalidValue;
    cw::Owned<cw::Event> event;
    const cudaError_t error = device.open_event(handle, &event);
    if (error != cudaSuccess) return error;
    *out = reinterpret_cast<cudaEvent_t>(cw::runtime().events().add(static_cast<cw::Owned<cw::Event>&&>(event), ordinal));
    return cudaSuccess;
  });
}
