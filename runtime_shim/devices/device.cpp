// Defaults of the optional members.
#include "devices/device.hpp"

#include <string.h>

#include "devices/attributes.hpp"

namespace cw {
namespace {

std::atomic<uint64_t> stream_ids{1};

}  // namespace

cudaError_t Kernel::set_max_dynamic_shared(int) { return cudaErrorNotSupported; }

cudaError_t Kernel::most_cooperative_blocks(const LaunchShape& shape, const cudaDeviceProp& properties, uint64_t* blocks) {
  const uint64_t threads = uint64_t{shape.block.x} * shape.block.y * shape.block.z;
  int each = 0;
  const cudaError_t error = max_active_blocks(static_cast<int>(threads), shape.dynamic_shared, &each);
  *blocks = static_cast<uint64_t>(each) * static_cast<uint64_t>(properties.multiProcessorCount);
  return error;
}

cudaError_t Kernel::set_carveout(int percent) {
  carveout_ = percent;
  return cudaSuccess;
}

cudaError_t Kernel::set_attribute(cudaFuncAttribute attribute, int value) {
  settings_[attribute] = value;
  return cudaSuccess;
}

void Kernel::add_settings(cudaFuncAttributes* out) const {
  // Host code that is generated for each architecture (CUB's) chooses by what device code was compiled as.
  if (module_ != nullptr && module_->cuda_arch() != 0) out->ptxVersion = module_->cuda_arch() / 10;
  out->preferredShmemCarveout = carveout_;
  out->requiredClusterWidth = settings_[cudaFuncAttributeRequiredClusterWidth];
  out->requiredClusterHeight = settings_[cudaFuncAttributeRequiredClusterHeight];
  out->requiredClusterDepth = settings_[cudaFuncAttributeRequiredClusterDepth];
  out->clusterSchedulingPolicyPreference = settings_[cudaFuncAttributeClusterSchedulingPolicyPreference];
  out->nonPortableClusterSizeAllowed = settings_[cudaFuncAttributeNonPortableClusterSizeAllowed];
}

cudaError_t Kernel::keep_arguments(const LaunchArguments& arguments, Vector<uint8_t>* packed) {
  size_t offset = 0;
  size_t bytes = 0;
  cudaError_t error = parameter(0, &offset, &bytes);
  if (error == cudaErrorNotSupported) return error;
  packed->clear();
  const bool in_one = arguments.pointers == nullptr && arguments.packed != nullptr;
  for (size_t i = 0; error == cudaSuccess; error = parameter(++i, &offset, &bytes)) {
    const auto* whole = static_cast<const uint8_t*>(arguments.packed);
    const void* from = in_one ? whole + offset : arguments.pointers != nullptr ? arguments.pointers[i] : nullptr;
    if (from == nullptr || (in_one && offset + bytes > arguments.packed_bytes)) return cudaErrorInvalidValue;
    if (packed->size() < offset + bytes) packed->resize(offset + bytes);
    memcpy(packed->data() + offset, from, bytes);
  }
  return error == cudaErrorInvalidValue ? cudaSuccess : error;  // after the last parameter
}

Stream::Stream(Device& device, unsigned flags, int priority)
    : device_(device), id_(stream_ids.fetch_add(1)), flags_(flags), priority_(priority) {}

cudaError_t Stream::copy_now(const Copy& job) {
  const cudaError_t queued = copy(job);
  return queued != cudaSuccess ? queued : synchronize();
}

cudaError_t Stream::fill_now(const Fill& job) {
  const cudaError_t queued = fill(job);
  return queued != cudaSuccess ? queued : synchronize();
}

cudaError_t Stream::allocate(size_t bytes, void** out) { return device().allocate(bytes, out); }

cudaError_t Stream::allocate_from(Pool& pool, size_t bytes, void** out) { return pool.allocate(*this, bytes, out); }
cudaError_t Stream::release_to(Pool& pool, void* memory) { return pool.free_in(*this, memory); }

cudaError_t Device::default_pool(Ref<Pool>*) { return cudaErrorNotSupported; }
cudaError_t Device::create_pool(const cudaMemPoolProps&, Ref<Pool>*) { return cudaErrorNotSupported; }
cudaError_t Device::import_pool(void*, cudaMemAllocationHandleType, Ref<Pool>*) { return cudaErrorNotSupported; }

cudaError_t Device::share_memory(void*, cudaIpcMemHandle_t*) { return cudaErrorNotSupported; }
cudaError_t Device::open_memory(const cudaIpcMemHandle_t&, unsigned, void**, size_t*) { return cudaErrorNotSupported; }
cudaError_t Device::close_memory(void*, size_t) { return cudaErrorNotSupported; }
cudaError_t Device::share_event(Event&, cudaIpcEventHandle_t*) { return cudaErrorNotSupported; }
cudaError_t Device::open_event(const cudaIpcEventHandle_t&, Owned<Event>*) { return cudaErrorNotSupported; }

cudaError_t Device::allocate_managed(size_t, unsigned, void**) { return cudaErrorNotSupported; }
cudaError_t Device::release_managed(void*) { return cudaErrorNotSupported; }
cudaError_t Device::register_host(void*, size_t, unsigned) { return cudaErrorNotSupported; }
cudaError_t Device::unregister_host(void*) { return cudaErrorNotSupported; }

cudaError_t Device::device_pointer(void* host, void** out) {
  *out = host;
  return cudaSuccess;
}

cudaError_t Device::attribute(cudaDeviceAttr attribute, int* value) {
  cudaDeviceProp properties;
  const cudaError_t error = this->properties(&properties);
  return error != cudaSuccess ? error : attribute_of(properties, attribute, value);
}

// Where peers reach each other's memory, atomics between them are not promised.
cudaError_t Device::peer_attribute(const Device& peer, cudaDeviceP2PAttr attribute, int* value) const {
  if (attribute < cudaDevP2PAttrPerformanceRank || attribute > cudaDevP2PAttrCudaArrayAccessSupported) return cudaErrorInvalidValue;
  *value = attribute == cudaDevP2PAttrAccessSupported && can_access_peer(peer) ? 1 : 0;
  return cudaSuccess;
}

cudaError_t Device::limit(cudaLimit, size_t*) { return cudaErrorUnsupportedLimit; }
cudaError_t Device::set_limit(cudaLimit, size_t) { return cudaErrorUnsupportedLimit; }

}  // namespace cw
