#include "api/entry.hpp"

// Only multi-planar formats (NV12) have planes, and no array of them can be made here.
CW_ENTRY cudaError_t cudaArrayGetPlane(cudaArray_t* out, cudaArray_t handle, unsigned) {
  return cw::on_device([&](cw::Device&, int) {
    if (out == nullptr) return cudaErrorInvalidValue;
    return cw::find_array(handle) == nullptr ? cudaErrorInvalidResourceHandle : cudaErrorInvalidValue;
  });
}
