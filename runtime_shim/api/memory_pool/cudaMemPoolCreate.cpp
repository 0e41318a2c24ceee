#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolCreate(cudaMemPool_t* out, const cudaMemPoolProps* properties) {
  return cw::on_runtime([&] {
    if (out == nullptr || properties == nullptr) return cudaErrorInvalidValue;
    const cudaError_t wrong = cw::check_pool_properties(*properties);
    if (wrong != cudaSuccess) return wrong;
    cw::Owned<cw::MemoryPool> pool(new cw::MemoryPool);
    pool->device = properties->location.id;
    pool->handle_types = properties->handleTypes;
    const int device = pool->device;
    const cudaError_t error = cw::runtime().device(device).create_pool(*properties, &pool->pool);
    if (error != cudaSuccess) return error;
    *out = reinterpret_cast<cudaMemPool_t>(cw::runtime().pools().add(static_cast<cw::Owned<cw::MemoryPool>&&>(pool), device));
    return cudaSuccess;
  });
}
