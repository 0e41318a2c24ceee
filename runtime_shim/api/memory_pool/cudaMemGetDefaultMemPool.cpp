#include "api/entry.hpp"

// CUDA 13's form: pools by location. Only pinned memory of a device has one here.
CW_ENTRY cudaError_t cudaMemGetDefaultMemPool(cudaMemPool_t* out, cudaMemLocation* location, cudaMemAllocationType type) {
  return cw::on_runtime([&] {
    int ordinal = 0;
    if (out == nullptr || location == nullptr || type != cudaMemAllocationTypePinned) return cudaErrorInvalidValue;
    const cudaError_t located = cw::device_at(*location, &ordinal);
    if (located == cudaSuccess) *out = reinterpret_cast<cudaMemPool_t>(cw::runtime().default_pool(ordinal));
    return located;
  });
}
