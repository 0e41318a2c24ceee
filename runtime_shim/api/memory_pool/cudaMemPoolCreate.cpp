#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolCreate(cudaMemPool_t* out, const cudaMemPoolProps* properties) {
  return cw::on_runtime([&] {
    if (out == nullptr || properties == nullptr) return cudaErrorInvalidValue;
    if (properties->allocType != cudaMemAllocationTypePinned || !cw::is_device(properties->location.id))
      return cudaErrorInvalidValue;
    if (properties->handleTypes != cudaMemHandleTypeNone) return cudaErrorNotSupported;
    cw::Owned<cw::MemoryPool> pool(new cw::MemoryPool);
    pool->device = properties->location.id;
    const int device = pool->device;
    *out = reinterpret_cast<cudaMemPool_t>(cw::runtime().pools().add(static_cast<cw::Owned<cw::MemoryPool>&&>(pool), device));
    return cudaSuccess;
  });
}
