#include "api/entry.hpp"

// Properties exist only for arrays made with cudaArraySparse, which are refused.
CW_ENTRY cudaError_t cudaArrayGetSparseProperties(cudaArraySparseProperties* out, cudaArray_t handle) {
  return cw::on_device([&](cw::Device&, int) {
    if (out == nullptr) return cudaErrorInvalidValue;
    return cw::find_array(handle) == nullptr ? cudaErrorInvalidResourceHandle : cudaErrorInvalidValue;
  });
}
