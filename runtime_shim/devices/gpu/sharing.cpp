// Other processes, peers and hints about managed memory: the library's own.
#include "devices/gpu/device.hpp"

namespace cw::gpu {

cudaError_t GpuDevice::share_memory(void* memory, cudaIpcMemHandle_t* out) {
  return invoke(driver_.share_memory, static_cast<void*>(out), memory);
}

cudaError_t GpuDevice::open_memory(const cudaIpcMemHandle_t& handle, unsigned flags, void** out, size_t* bytes) {
  const cudaError_t error = invoke(driver_.open_memory, out, handle, flags);
  void* base = nullptr;
  return error != cudaSuccess ? error : invoke(driver_.address_range, &base, bytes, *out);
}

cudaError_t GpuDevice::close_memory(void* memory, size_t) { return invoke(driver_.close_memory, memory); }

cudaError_t GpuDevice::share_event(Event& event, cudaIpcEventHandle_t* out) {
  return invoke(driver_.share_event, static_cast<void*>(out), static_cast<GpuEvent&>(event).native());
}

cudaError_t GpuDevice::open_event(const cudaIpcEventHandle_t& handle, Owned<Event>* out) {
  void* native = nullptr;
  const cudaError_t error = invoke(driver_.open_event, &native, handle);
  if (error == cudaSuccess) out->reset(new GpuEvent(*this, native));
  return error;
}

// Hints: a library without them loses nothing.
cudaError_t GpuDevice::advise(const void* memory, size_t bytes, cudaMemoryAdvise advice, int ordinal) {
  if (driver_.advise == nullptr) return cudaSuccess;
  return invoke(driver_.advise, memory, bytes, static_cast<int>(advice), ordinal);
}

cudaError_t GpuStream::prefetch(const void* memory, size_t bytes, int ordinal) {
  if (gpu_.driver().prefetch == nullptr) return cudaSuccess;
  return gpu_.invoke(gpu_.driver().prefetch, memory, bytes, ordinal, native_);
}

cudaError_t GpuDevice::peer_attribute(const Device& peer, cudaDeviceP2PAttr attribute, int* value) const {
  if (driver_.peer_attribute == nullptr) return Device::peer_attribute(peer, attribute, value);
  const int first = driver_.kind()[0] == 'a' ? 0 : 1;
  const int number = static_cast<int>(attribute) - cudaDevP2PAttrPerformanceRank + first;
  return invoke(driver_.peer_attribute, value, number, index_, static_cast<const GpuDevice&>(peer).index());
}

}  // namespace cw::gpu
