#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaSetDevice(int ordinal) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    cw::set_current_device(ordinal);
    return cudaSuccess;
  });
}
