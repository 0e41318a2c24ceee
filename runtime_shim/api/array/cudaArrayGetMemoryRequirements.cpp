#include "api/entry.hpp"

// Requirements exist only for arrays made with cudaArrayDeferredMapping, which are refused.
CW_ENTRY cudaError_t cudaArrayGetMemoryRequirements(cudaArrayMemoryRequirements* out, cudaArray_t handle, int ordinal) {
  return cw::on_device([&](cw::Device&, int) {
    if (out == nullptr) return cudaErrorInvalidValue;
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    return cw::find_array(handle) == nullptr ? cudaErrorInvalidResourceHandle : cudaErrorInvalidValue;
  });
}
