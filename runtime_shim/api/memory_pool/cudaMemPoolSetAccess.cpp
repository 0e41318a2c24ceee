#include "api/entry.hpp"

namespace {

bool is_access(cudaMemAccessFlags flags) {
  return flags == cudaMemAccessFlagsProtNone || flags == cudaMemAccessFlagsProtRead || flags == cudaMemAccessFlagsProtReadWrite;
}

cudaError_t set_one(cw::MemoryPool& pool, const cudaMemAccessDesc& wanted) {
  int ordinal = 0;
  const cudaError_t located = cw::device_at(wanted.location, &ordinal);
  if (located != cudaSuccess) return located;
  if (!is_access(wanted.flags)) return cudaErrorInvalidValue;
  cw::Device& peer = cw::runtime().device(ordinal);
  cw::Device& owner = cw::runtime().device(pool.device);
  if (&peer != &owner && !peer.can_access_peer(owner)) return cudaErrorInvalidDevice;
  return pool.pool->set_access(peer, wanted.flags);
}

}  // namespace

CW_ENTRY cudaError_t cudaMemPoolSetAccess(cudaMemPool_t handle, const cudaMemAccessDesc* wanted, size_t count) {
  return cw::on_runtime([&] {
    if (wanted == nullptr && count != 0) return cudaErrorInvalidValue;
    return cw::with_pool(handle, [&](cw::MemoryPool& pool) {
      cudaError_t error = cudaSuccess;
      for (size_t i = 0; i < count && error == cudaSuccess; ++i) error = set_one(pool, wanted[i]);
      return error;
    });
  });
}
