#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemGetInfo(size_t* free_bytes, size_t* total_bytes) {
  size_t free_here = 0;
  size_t total_here = 0;
  const cudaError_t error = cw::on_device([&](cw::Device& device, int) { return device.memory_info(&free_here, &total_here); });
  if (error != cudaSuccess) return error;
  if (free_bytes != nullptr) *free_bytes = free_here;
  if (total_bytes != nullptr) *total_bytes = total_here;
  return cudaSuccess;
}
