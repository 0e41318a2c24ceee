#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaHostGetDevicePointer(void** out, void* host, unsigned flags) {
  return cw::on_device([&](cw::Device& device, int) {
    cw::MemoryRange range;
    if (out == nullptr || flags != 0 || !cw::runtime().memory().find(host, &range)) return cudaErrorInvalidValue;
    return device.device_pointer(host, out);
  });
}
