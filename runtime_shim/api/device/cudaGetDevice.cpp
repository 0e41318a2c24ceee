#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetDevice(int* ordinal) {
  if (ordinal == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_runtime([&] {
    *ordinal = cw::current_device();
    return cudaSuccess;
  });
}
