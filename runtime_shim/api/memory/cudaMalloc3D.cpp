#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaMalloc3D(cudaPitchedPtr* out, cudaExtent extent) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  const size_t pitch = cw::pitch_for(extent.width);
  *out = cudaPitchedPtr{nullptr, pitch, extent.width, extent.height};
  return cw::on_device([&](cw::Device& device, int ordinal) {
    return cw::allocate_device(device, ordinal, cw::times(cw::times(pitch, extent.height), extent.depth), &out->ptr);
  });
}
