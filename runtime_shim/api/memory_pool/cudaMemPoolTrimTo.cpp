#include "api/entry.hpp"

// A pool holds nothing that could be given back.
CW_ENTRY cudaError_t cudaMemPoolTrimTo(cudaMemPool_t handle, size_t) {
  return cw::on_runtime([&] { return cw::find_pool(handle) == nullptr ? cudaErrorInvalidValue : cudaSuccess; });
}
