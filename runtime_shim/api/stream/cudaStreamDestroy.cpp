#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaStreamDestroy(cudaStream_t handle) {
  return cw::on_device([&](cw::Device&, int) {
    const cw::Owned<cw::Stream> stream = cw::runtime().streams().take(handle);
    if (stream) cw::captures().forget(*stream);
    return stream ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}
