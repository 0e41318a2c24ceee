#include "devices/gpu/pool.hpp"

namespace cw::gpu {
namespace {

cudaMemLocation location_of(const Device& device) {
  return cudaMemLocation{cudaMemLocationTypeDevice, static_cast<const GpuDevice&>(device).index()};
}

}  // namespace

GpuPool::~GpuPool() {
  if (owned_) device_.invoke(device_.driver().pool_destroy, native_);
}

cudaError_t GpuPool::allocate(Stream& stream, size_t bytes, void** out) {
  auto& gpu_stream = static_cast<GpuStream&>(stream);
  if (native_ == nullptr) return gpu_stream.allocate(bytes, out);
  return device_.invoke(device_.driver().pool_allocate, out, bytes, native_, gpu_stream.native());
}

cudaError_t GpuPool::trim(size_t bytes_to_keep) {
  return with_native([&](void* pool) { return device_.invoke(device_.driver().pool_trim, pool, bytes_to_keep); });
}

cudaError_t GpuPool::set(cudaMemPoolAttr attribute, const void* value) {
  void* changed = const_cast<void*>(value);
  return with_native(
      [&](void* pool) { return device_.invoke(device_.driver().pool_set, pool, static_cast<int>(attribute), changed); });
}

cudaError_t GpuPool::get(cudaMemPoolAttr attribute, void* value) {
  return with_native(
      [&](void* pool) { return device_.invoke(device_.driver().pool_get, pool, static_cast<int>(attribute), value); });
}

cudaError_t GpuPool::set_access(const Device& peer, cudaMemAccessFlags flags) {
  const cudaMemAccessDesc wanted = {location_of(peer), flags};
  return with_native([&](void* pool) {
    return device_.invoke(device_.driver().pool_set_access, pool, static_cast<const void*>(&wanted), size_t{1});
  });
}

cudaError_t GpuPool::get_access(const Device& peer, cudaMemAccessFlags* flags) {
  cudaMemLocation location = location_of(peer);
  int native = 0;
  const cudaError_t error = with_native(
      [&](void* pool) { return device_.invoke(device_.driver().pool_get_access, &native, pool, static_cast<void*>(&location)); });
  *flags = static_cast<cudaMemAccessFlags>(native);
  return error;
}

cudaError_t GpuPool::export_handle(cudaMemAllocationHandleType type, void* handle) {
  return with_native(
      [&](void* pool) { return device_.invoke(device_.driver().pool_export, handle, pool, static_cast<int>(type), size_t{0}); });
}

cudaError_t GpuPool::export_pointer(void* memory, cudaMemPoolPtrExportData* data) {
  return device_.invoke(device_.driver().pool_export_pointer, static_cast<void*>(data), memory);
}

cudaError_t GpuPool::import_pointer(const cudaMemPoolPtrExportData& data, void** memory, size_t* bytes) {
  cudaMemPoolPtrExportData copy = data;
  const cudaError_t error = with_native(
      [&](void* pool) { return device_.invoke(device_.driver().pool_import_pointer, memory, pool, static_cast<void*>(&copy)); });
  void* base = nullptr;
  return error != cudaSuccess ? error : device_.invoke(device_.driver().address_range, &base, bytes, *memory);
}

}  // namespace cw::gpu
