#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetDeviceCount(int* count) {
  if (count == nullptr) return cw::record_error(cudaErrorInvalidValue);
  *count = 0;
  return cw::on_runtime([&] {
    *count = cw::runtime().device_count();
    return cudaSuccess;
  });
}
