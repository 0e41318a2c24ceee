#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetStreamPriorityRange(int* least, int* greatest) {
  int low = 0;
  int high = 0;
  const cudaError_t error = cw::on_device([&](cw::Device& device, int) {
    device.priority_range(&low, &high);
    return cudaSuccess;
  });
  if (error != cudaSuccess) return error;
  if (least != nullptr) *least = low;
  if (greatest != nullptr) *greatest = high;
  return cudaSuccess;
}
