#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaFreeArray(cudaArray_t handle) {
  return cw::on_device([&](cw::Device&, int) { return cw::free_array(handle); });
}
