#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaDeviceSynchronize() {
  return cw::on_device([](cw::Device& device, int) {
    const cudaError_t capture = cw::captures().unsafe_call();
    return capture != cudaSuccess ? capture : device.synchronize();
  });
}
