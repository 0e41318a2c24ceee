#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaFreeMipmappedArray(cudaMipmappedArray_t handle) {
  return cw::on_device([&](cw::Device&, int) { return cw::free_mipmapped_array(handle); });
}
