#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaMallocPitch(void** out, size_t* pitch, size_t width, size_t height) {
  if (pitch == nullptr) return cw::record_error(cudaErrorInvalidValue);
  *pitch = cw::pitch_for(width);
  return cw::on_device(
      [&](cw::Device& device, int ordinal) { return cw::allocate_device(device, ordinal, cw::times(*pitch, height), out); });
}
