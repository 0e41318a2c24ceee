#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaEventDestroy(cudaEvent_t handle) {
  return cw::on_device([&](cw::Device&, int) {
    const cw::Owned<cw::Event> event = cw::runtime().events().take(handle);
    return event ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}
