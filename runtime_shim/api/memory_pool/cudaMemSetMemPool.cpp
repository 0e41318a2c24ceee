#include "api/entry.hpp"

// CUDA 13's form of cudaDeviceSetMemPool.
CW_ENTRY cudaError_t cudaMemSetMemPool(cudaMemLocation* location, cudaMemAllocationType type, cudaMemPool_t handle) {
  const bool known = location != nullptr && type == cudaMemAllocationTypePinned && location->type == cudaMemLocationTypeDevice;
  return known ? cudaDeviceSetMemPool(location->id, handle) : cw::record_error(cudaErrorInvalidValue);
}
