#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetMipmappedArrayLevel(cudaArray_t* out, cudaMipmappedArray_const_t handle, unsigned level) {
  return cw::on_device([&](cw::Device&, int) { return cw::mipmapped_array_level(out, handle, level); });
}
