#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaFreeArray(cudaArray_t handle) {
  return cw::on_device([&](cw::Device&, int) {
    if (handle == nullptr) return cudaSuccess;
    const cw::Owned<cw::Array> array = cw::runtime().arrays().take(handle);
    return array ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}
