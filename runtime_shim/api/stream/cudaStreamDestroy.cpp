#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaStreamDestroy(cudaStream_t handle) {
  return cw::on_device([&](cw::Device&, int) {
    const cw::Owned<cw::Stream> stream = cw::runtime().streams().take(handle);
    return stream ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}
