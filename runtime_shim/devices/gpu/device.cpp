#include "devices/gpu/device.hpp"

#include "devices/gpu/pool.hpp"

namespace cw::gpu {
namespace {

// Both libraries give the calling thread's own default stream this handle.
void* const kPerThread = reinterpret_cast<void*>(2);

}  // namespace

GpuDevice::GpuDevice(Driver& driver, int index) : driver_(driver), index_(index) {
  legacy_.reset(new GpuStream(*this, nullptr, false, cudaStreamDefault, 0));
  per_thread_.reset(new GpuStream(*this, kPerThread, false, cudaStreamDefault, 0));
}

cudaError_t GpuDevice::load(const fatbin::Image& image, const Vector<uint8_t>& bytes, Owned<Module>* out) {
  const int bound = driver_.bind(index_);
  void* native = nullptr;
  const cudaError_t error = driver_.translate(bound != 0 ? bound : driver_.load_module(image, bytes, &native));
  if (error != cudaSuccess) return error;
  ParameterTable parameters;
  driver_.describe_parameters(image, bytes, &parameters);
  out->reset(new GpuModule(*this, native, static_cast<ParameterTable&&>(parameters)));
  (*out)->set_image(image, bytes);
  return driver_.module_loaded(index_, native);
}

cudaError_t GpuDevice::memory_info(size_t* free_bytes, size_t* total_bytes) {
  return invoke(driver_.memory_info, free_bytes, total_bytes);
}
cudaError_t GpuDevice::allocate(size_t bytes, void** out) { return invoke(driver_.allocate, out, bytes); }
cudaError_t GpuDevice::release(void* memory) { return invoke(driver_.release, memory); }
cudaError_t GpuDevice::allocate_host(size_t bytes, unsigned flags, void** out) {
  return invoke(driver_.allocate_host, out, bytes, flags);
}
cudaError_t GpuDevice::release_host(void* memory) { return invoke(driver_.release_host, memory); }
cudaError_t GpuDevice::allocate_managed(size_t bytes, unsigned flags, void** out) {
  return invoke(driver_.allocate_managed, out, bytes, flags);
}
cudaError_t GpuDevice::register_host(void* memory, size_t bytes, unsigned flags) {
  return invoke(driver_.register_host, memory, bytes, flags);
}
cudaError_t GpuDevice::unregister_host(void* memory) { return invoke(driver_.unregister_host, memory); }
cudaError_t GpuDevice::device_pointer(void* host, void** out) { return invoke(driver_.device_pointer, out, host, 0u); }

cudaError_t GpuDevice::default_pool(Ref<Pool>* out) {
  *out = Ref<Pool>(new GpuPool(*this, nullptr, false));
  return cudaSuccess;
}

// The libraries' structures are CUDA's.
cudaError_t GpuDevice::create_pool(const cudaMemPoolProps& properties, Ref<Pool>* out) {
  void* native = nullptr;
  const cudaError_t error = invoke(driver_.pool_create, &native, static_cast<const void*>(&properties));
  if (error == cudaSuccess) *out = Ref<Pool>(new GpuPool(*this, native, true));
  return error;
}

cudaError_t GpuDevice::import_pool(void* handle, cudaMemAllocationHandleType type, Ref<Pool>* out) {
  void* native = nullptr;
  const cudaError_t error = invoke(driver_.pool_import, &native, handle, static_cast<int>(type), size_t{0});
  if (error == cudaSuccess) *out = Ref<Pool>(new GpuPool(*this, native, true));
  return error;
}

cudaError_t GpuDevice::create_stream(unsigned flags, int priority, Owned<Stream>* out) {
  void* native = nullptr;
  const cudaError_t error = invoke(driver_.stream_create, &native, flags, priority);
  if (error == cudaSuccess) out->reset(new GpuStream(*this, native, true, flags, priority));
  return error;
}

cudaError_t GpuDevice::create_event(unsigned flags, Owned<Event>* out) {
  void* native = nullptr;
  const cudaError_t error = invoke(driver_.event_create, &native, flags);
  if (error == cudaSuccess) out->reset(new GpuEvent(*this, native));
  return error;
}

cudaError_t GpuDevice::synchronize() { return synchronized(invoke(driver_.synchronize)); }

cudaError_t GpuDevice::reset() { return driver_.translate(driver_.reset(index_)); }

cudaError_t GpuDevice::limit(cudaLimit limit, size_t* value) {
  const cudaError_t own = driver_.own_limit(index_, limit, value);
  if (own != cudaErrorNotSupported) return own;
  const cudaError_t error = invoke(driver_.limit, value, static_cast<int>(limit));
  return error == cudaErrorNotSupported ? cudaErrorUnsupportedLimit : error;
}

cudaError_t GpuDevice::set_limit(cudaLimit limit, size_t value) {
  const cudaError_t own = driver_.set_own_limit(index_, limit, value);
  if (own != cudaErrorNotSupported) return own;
  const cudaError_t error = invoke(driver_.set_limit, static_cast<int>(limit), value);
  return error == cudaErrorNotSupported ? cudaErrorUnsupportedLimit : error;
}

bool GpuDevice::can_access_peer(const Device& peer) const {
  int can = 0;
  const int error = driver_.can_access_peer(&can, index_, static_cast<const GpuDevice&>(peer).index());
  return error == 0 && can != 0;
}

cudaError_t GpuDevice::enable_peer(Device& peer) {
  const int bound = driver_.bind(index_);
  return driver_.translate(bound != 0 ? bound : driver_.enable_peer(static_cast<GpuDevice&>(peer).index()));
}

cudaError_t GpuDevice::disable_peer(Device& peer) {
  const int bound = driver_.bind(index_);
  return driver_.translate(bound != 0 ? bound : driver_.disable_peer(static_cast<GpuDevice&>(peer).index()));
}

void GpuDevice::priority_range(int* least, int* greatest) const {
  *least = *greatest = 0;
  invoke(driver_.priority_range, least, greatest);
}

}  // namespace cw::gpu
