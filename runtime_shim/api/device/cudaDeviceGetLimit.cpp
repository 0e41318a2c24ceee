#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetLimit(size_t* value, cudaLimit limit) {
  return cw::on_device(
      [&](cw::Device& device, int) { return value == nullptr ? cudaErrorInvalidValue : device.limit(limit, value); });
}
