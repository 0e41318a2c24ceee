#include "core/texture_reference.hpp"

#include <cstring>

#include "core/runtime.hpp"

namespace cw {
namespace {

// A reference that device code never reads has no variable: binding it does nothing more.
cudaError_t publish(Device& device, int ordinal, const void* host, uint64_t object) {
  void* variable = nullptr;
  size_t bytes = 0;
  const cudaError_t error = runtime().registry().variable(host, device, ordinal, &variable, &bytes);
  if (error == cudaErrorInvalidSymbol) return cudaSuccess;
  return error != cudaSuccess ? error : write_reference(device, variable, object);
}

}  // namespace

cudaError_t write_reference(Device& device, void* variable, uint64_t object) {
  const cudaError_t finished = device.synchronize();
  if (finished != cudaSuccess) return finished;
  if (!device.shares_memory()) {
    return device.legacy_stream().copy_now(Copy::plain(variable, &object, sizeof object, cudaMemcpyHostToDevice));
  }
  std::memcpy(variable, &object, sizeof object);
  return cudaSuccess;
}

cudaTextureDesc describe_reference(const textureReference& reference, bool normalized) {
  cudaTextureDesc out{};
  for (int i = 0; i < 3; ++i) out.addressMode[i] = reference.addressMode[i];
  out.filterMode = reference.filterMode;
  out.readMode = normalized ? cudaReadModeNormalizedFloat : cudaReadModeElementType;
  out.sRGB = reference.sRGB;
  out.normalizedCoords = reference.normalized;
  out.maxAnisotropy = reference.maxAnisotropy;
  out.mipmapFilterMode = reference.mipmapFilterMode;
  out.mipmapLevelBias = reference.mipmapLevelBias;
  out.minMipmapLevelClamp = reference.minMipmapLevelClamp;
  out.maxMipmapLevelClamp = reference.maxMipmapLevelClamp;
  out.disableTrilinearOptimization = reference.disableTrilinearOptimization;
  return out;
}

void TextureReferences::add_texture(const textureReference* host, bool normalized) {
  Lock lock(mutex_);
  known_.push(Known{host, normalized});
}

void TextureReferences::add_surface(const surfaceReference* host) {
  Lock lock(mutex_);
  known_.push(Known{host, false});
}

bool TextureReferences::has(const void* host) {
  Lock lock(mutex_);
  return find(host) != nullptr;
}

const TextureReferences::Known* TextureReferences::find(const void* host) const {
  for (const Known& known : known_) {
    if (known.host == host) return &known;
  }
  return nullptr;
}

TextureReferences::Binding* TextureReferences::binding(const void* host, int ordinal) {
  for (Binding& binding : bindings_) {
    if (binding.host == host && binding.ordinal == ordinal) return &binding;
  }
  return nullptr;
}

void TextureReferences::release(Binding* binding) {
  if (binding->object == 0) return;
  if (binding->is_surface) {
    free_surface(binding->object);
  } else {
    free_texture(binding->object);
  }
  binding->object = 0;
}

// The reference's binding on a device, with nothing bound.
TextureReferences::Binding& TextureReferences::fresh_binding(Device& device, const void* host, int ordinal) {
  bound_ = true;
  Binding* found = binding(host, ordinal);
  if (found == nullptr) return bindings_.push(Binding{host, ordinal, false, {}, {}, 0, 0});
  device.synchronize();
  release(found);
  return *found;
}

cudaError_t TextureReferences::make(Device& device, Binding* binding) {
  std::memcpy(&binding->settings, binding->host, sizeof binding->settings);
  const cudaTextureDesc texture = describe_reference(binding->settings, find(binding->host)->normalized);
  cudaTextureObject_t object = 0;
  const cudaError_t error = make_texture(device, binding->ordinal, &binding->resource, &texture, nullptr, &object);
  binding->object = object;
  return error != cudaSuccess ? error : publish(device, binding->ordinal, binding->host, object);
}

cudaError_t TextureReferences::bind(Device& device, int ordinal, const textureReference* host, const cudaResourceDesc& resource,
                                    size_t offset) {
  Lock lock(mutex_);
  if (find(host) == nullptr) return cudaErrorInvalidTexture;
  Binding& fresh = fresh_binding(device, host, ordinal);
  fresh.resource = resource;
  fresh.offset = offset;
  return make(device, &fresh);
}

cudaError_t TextureReferences::bind_surface(Device& device, int ordinal, const surfaceReference* host, cudaArray_t array) {
  Lock lock(mutex_);
  if (find(host) == nullptr) return cudaErrorInvalidSurface;
  Binding& fresh = fresh_binding(device, host, ordinal);
  fresh.is_surface = true;
  fresh.resource.resType = cudaResourceTypeArray;
  fresh.resource.res.array.array = array;
  cudaSurfaceObject_t object = 0;
  const cudaError_t error = make_surface(device, ordinal, &fresh.resource, &object);
  fresh.object = object;
  return error != cudaSuccess ? error : publish(device, ordinal, host, object);
}

cudaError_t TextureReferences::unbind(Device& device, int ordinal, const textureReference* host) {
  Lock lock(mutex_);
  if (find(host) == nullptr) return cudaErrorInvalidTexture;
  if (binding(host, ordinal) != nullptr) fresh_binding(device, host, ordinal);
  return cudaSuccess;
}

cudaError_t TextureReferences::offset(int ordinal, const textureReference* host, size_t* out) {
  Lock lock(mutex_);
  if (out == nullptr) return cudaErrorInvalidValue;
  if (find(host) == nullptr) return cudaErrorInvalidTexture;
  const Binding* found = binding(host, ordinal);
  if (found == nullptr || found->object == 0) return cudaErrorInvalidTextureBinding;
  *out = found->offset;
  return cudaSuccess;
}

cudaError_t TextureReferences::refresh(Device& device, int ordinal) {
  if (!bound_) return cudaSuccess;
  Lock lock(mutex_);
  for (Binding& one : bindings_) {
    const bool stands = one.object == 0 || one.is_surface || one.ordinal != ordinal;
    if (stands || std::memcmp(&one.settings, one.host, sizeof one.settings) == 0) continue;
    device.synchronize();
    release(&one);
    const cudaError_t error = make(device, &one);
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}

void TextureReferences::forget(int ordinal) {
  Lock lock(mutex_);
  for (size_t i = bindings_.size(); i-- > 0;) {
    if (bindings_[i].ordinal == ordinal) bindings_.erase(i);
  }
}

}  // namespace cw
