#include "api/entry.hpp"

// Properties exist only for arrays made with cudaArraySparse, which are refused.
CW_ENTRY cudaError_t cudaMipmappedArrayGetSparseProperties(cudaArraySparseProperties* out, cudaMipmappedArray_t handle) {
  return cw::on_device([&](cw::Device&, int) {
    if (out == nullptr) return cudaErrorInvalidValue;
    return cw::find_mipmapped_array(handle) == nullptr ? cudaErrorInvalidResourceHandle : cudaErrorInvalidValue;
  });
}
