#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceSynchronize() {
  return cw::on_device([](cw::Device& device, int) { return device.synchronize(); });
}
