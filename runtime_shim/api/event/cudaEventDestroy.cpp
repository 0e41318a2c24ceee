#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaEventDestroy(cudaEvent_t handle) {
  return cw::on_device([&](cw::Device&, int) {
    const cw::Owned<cw::Event> event = cw::runtime().events().take(handle);
    if (event) cw::captures().forget(*event);
    return event ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}
