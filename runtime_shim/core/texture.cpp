#include "core/texture.hpp"

#include "core/log.hpp"
#include "core/mipmapped_array.hpp"
#include "core/runtime.hpp"
#include "core/texture_descriptor.hpp"

namespace cw {
namespace {

const void* key_of(uint64_t object) { return reinterpret_cast<const void*>(object); }

// A descriptor in device memory.
cudaError_t place(Device& device, const void* bytes, size_t count, void** out) {
  const cudaError_t error = device.allocate(count, out);
  if (error != cudaSuccess) return error;
  if (device.shares_memory()) {
    __builtin_memcpy(*out, bytes, count);
    return cudaSuccess;
  }
  return device.legacy_stream().copy_now(Copy::plain(*out, bytes, count, cudaMemcpyHostToDevice));
}

void release(Device& device, void* descriptor) {
  device.synchronize();
  if (descriptor != nullptr) device.release(descriptor);
}

// The resource with the texture unit's handles in place of ours.
cudaResourceDesc native_resource(cudaResourceDesc resource) {
  if (resource.resType == cudaResourceTypeArray) {
    resource.res.array.array = static_cast<cudaArray_t>(find_array(resource.res.array.array)->native);
  } else if (resource.resType == cudaResourceTypeMipmappedArray) {
    void* native = find_mipmapped_array(resource.res.mipmap.mipmap)->native;
    resource.res.mipmap.mipmap = static_cast<cudaMipmappedArray_t>(native);
  }
  return resource;
}

cudaError_t refused() {
  say_once("texture and surface objects are not supported on NVIDIA GPUs yet");
  return cudaErrorNotSupported;
}

cudaError_t make_object(Texture* texture) {
  const cudaResourceViewDesc* view = texture->has_view ? &texture->view : nullptr;
  if (TextureUnit* unit = texture->device->texture_unit()) {
    return unit->create_texture(native_resource(texture->resource), texture->texture, view, &texture->object);
  }
  if (!texture->device->reads_descriptors()) return refused();
  const cw_texture descriptor = describe_texture(texture->resource, texture->texture, view);
  const cudaError_t error = place(*texture->device, &descriptor, sizeof descriptor, &texture->descriptor);
  texture->object = reinterpret_cast<uint64_t>(texture->descriptor);
  return error;
}

cudaError_t make_object(Surface* surface, const Array& array) {
  if (TextureUnit* unit = surface->device->texture_unit()) return unit->create_surface(array.native, &surface->object);
  if (!surface->device->reads_descriptors()) return refused();
  const cw_surface descriptor = describe_surface(array);
  const cudaError_t error = place(*surface->device, &descriptor, sizeof descriptor, &surface->descriptor);
  surface->object = reinterpret_cast<uint64_t>(surface->descriptor);
  return error;
}

}  // namespace

Texture::~Texture() {
  release(*device, descriptor);
  if (descriptor == nullptr && object != 0) device->texture_unit()->destroy_texture(object);
}

Surface::~Surface() {
  release(*device, descriptor);
  if (descriptor == nullptr && object != 0) device->texture_unit()->destroy_surface(object);
}

cudaError_t make_texture(Device& device, int ordinal, const cudaResourceDesc* resource, const cudaTextureDesc* texture,
                         const cudaResourceViewDesc* view, cudaTextureObject_t* out) {
  if (out == nullptr) return cudaErrorInvalidValue;
  cudaError_t error = check_texture(device, resource, texture, view);
  if (error == cudaErrorNotSupported) say("textures of compressed blocks are not supported");
  if (error != cudaSuccess) return error;
  Owned<Texture> made(new Texture);
  made->device = &device;
  made->resource = *resource;
  made->texture = *texture;
  made->has_view = view != nullptr;
  if (view != nullptr) made->view = *view;
  error = make_object(made.get());
  if (error != cudaSuccess) return error;
  *out = made->object;
  runtime().textures().add_as(key_of(made->object), static_cast<Owned<Texture>&&>(made), ordinal);
  return cudaSuccess;
}

const Texture* find_texture(cudaTextureObject_t object) { return runtime().textures().find(key_of(object)); }

cudaError_t free_texture(cudaTextureObject_t object) {
  if (object == 0) return cudaSuccess;
  return runtime().textures().take(key_of(object)) ? cudaSuccess : cudaErrorInvalidValue;
}

cudaError_t make_surface(Device& device, int ordinal, const cudaResourceDesc* resource, cudaSurfaceObject_t* out) {
  if (out == nullptr || resource == nullptr) return cudaErrorInvalidValue;
  if (resource->resType != cudaResourceTypeArray || resource->res.array.array == nullptr) return cudaErrorInvalidValue;
  const Array* array = find_array(resource->res.array.array);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  if ((array->flags & cudaArraySurfaceLoadStore) == 0) return cudaErrorInvalidValue;
  Owned<Surface> made(new Surface);
  made->device = &device;
  made->resource = *resource;
  const cudaError_t error = make_object(made.get(), *array);
  if (error != cudaSuccess) return error;
  *out = made->object;
  runtime().surfaces().add_as(key_of(made->object), static_cast<Owned<Surface>&&>(made), ordinal);
  return cudaSuccess;
}

const Surface* find_surface(cudaSurfaceObject_t object) { return runtime().surfaces().find(key_of(object)); }

cudaError_t free_surface(cudaSurfaceObject_t object) {
  if (object == 0) return cudaSuccess;
  return runtime().surfaces().take(key_of(object)) ? cudaSuccess : cudaErrorInvalidValue;
}

}  // namespace cw
