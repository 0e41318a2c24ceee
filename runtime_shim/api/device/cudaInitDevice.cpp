#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaInitDevice(int ordinal, unsigned, unsigned) {
  return cw::on_runtime([&] { return cw::is_device(ordinal) ? cudaSuccess : cudaErrorInvalidDevice; });
}
