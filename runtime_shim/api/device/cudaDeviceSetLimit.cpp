#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceSetLimit(cudaLimit limit, size_t value) {
  return cw::on_device([&](cw::Device& device, int) { return device.set_limit(limit, value); });
}
