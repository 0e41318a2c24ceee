#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetMemPool(cudaMemPool_t* out, int ordinal) {
  return cw::on_runtime([&] {
    if (out == nullptr || !cw::is_device(ordinal)) return out == nullptr ? cudaErrorInvalidValue : cudaErrorInvalidDevice;
    *out = reinterpret_cast<cudaMemPool_t>(cw::runtime().current_pool(ordinal));
    return cudaSuccess;
  });
}
