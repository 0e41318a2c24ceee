// How the CPU device makes its memory pools, and keeps count of them.
#include <fcntl.h>

#include "devices/cpu/device.hpp"
#include "devices/cpu/pool.hpp"
#include "devices/cpu/shared_file.hpp"

namespace cw::cpu {

cudaError_t CpuDevice::default_pool(Ref<Pool>* out) {
  *out = Ref<Pool>(new CpuPool(*this, 0, -1));
  return cudaSuccess;
}

cudaError_t CpuDevice::create_pool(const cudaMemPoolProps& properties, Ref<Pool>* out) {
  const bool shared = properties.handleTypes == cudaMemHandleTypePosixFileDescriptor;
  if (!shared && properties.handleTypes != cudaMemHandleTypeNone) return cudaErrorNotSupported;
  const int file = shared ? create_file(0) : -1;
  if (shared && file < 0) return cudaErrorOperatingSystem;
  *out = Ref<Pool>(new CpuPool(*this, properties.maxSize, file));
  return cudaSuccess;
}

// `handle` is the file descriptor itself, in the shape of a pointer; the program keeps its own.
cudaError_t CpuDevice::import_pool(void* handle, cudaMemAllocationHandleType type, Ref<Pool>* out) {
  if (type != cudaMemHandleTypePosixFileDescriptor) return cudaErrorInvalidValue;
  const int file = fcntl(static_cast<int>(reinterpret_cast<intptr_t>(handle)), F_DUPFD_CLOEXEC, 0);
  if (file < 0) return cudaErrorInvalidValue;
  *out = Ref<Pool>(new ImportedPool(file));
  return cudaSuccess;
}

void CpuDevice::add_pool(CpuPool& pool) {
  Lock lock(pools_mutex_);
  pools_.push(&pool);
}

void CpuDevice::remove_pool(CpuPool& pool) {
  Lock lock(pools_mutex_);
  pools_.erase_value(&pool);
}

void CpuDevice::trim_pools() {
  Lock lock(pools_mutex_);
  for (CpuPool* pool : pools_) pool->after_wait();
}

}  // namespace cw::cpu
