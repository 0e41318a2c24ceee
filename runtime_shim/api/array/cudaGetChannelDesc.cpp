#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetChannelDesc(cudaChannelFormatDesc* format, cudaArray_const_t handle) {
  return cw::on_device([&](cw::Device&, int) {
    const cw::Array* array = cw::find_array(handle);
    if (array == nullptr || format == nullptr) return cudaErrorInvalidValue;
    *format = array->format;
    return cudaSuccess;
  });
}
