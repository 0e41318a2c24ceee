#include "core/array.hpp"

#include "core/allocation.hpp"
#include "core/runtime.hpp"
#include "devices/texture_limits.hpp"

namespace cw {
namespace {

constexpr unsigned kLayered = cudaArrayLayered, kCube = cudaArrayCubemap, kGather = cudaArrayTextureGather;
constexpr unsigned kKnownFlags = kLayered | kCube | kGather | cudaArraySurfaceLoadStore | cudaArrayColorAttachment;
constexpr unsigned kRefusedFlags = cudaArraySparse | cudaArrayDeferredMapping;

bool is_good_cube(const cudaExtent& e, bool layered) {
  namespace limit = texture_limits;
  const bool faces = layered ? e.depth % 6 == 0 && e.depth != 0 && e.depth <= limit::kCubeLayers : e.depth == 6;
  return faces && e.width == e.height && e.width <= limit::kCube;
}

bool is_good_layered(const cudaExtent& e) {
  namespace limit = texture_limits;
  return e.depth != 0 && e.depth <= limit::kLayers && e.width <= limit::kLayeredWidth && e.height <= limit::kLayeredWidth;
}

bool is_good_plain(const cudaExtent& e) {
  namespace limit = texture_limits;
  if (e.depth != 0) return e.height != 0 && e.width <= limit::k3D && e.height <= limit::k3D && e.depth <= limit::k3D;
  return e.height != 0 ? e.width <= limit::k2DWidth && e.height <= limit::k2DHeight : e.width <= limit::k1D;
}

}  // namespace

Array::~Array() {
  if (native != nullptr && owner == nullptr) {
    device->synchronize();
    device->texture_unit()->destroy_array(native);
  }
  if (memory == nullptr) return;
  device->synchronize();
  MemoryRange range;
  if (runtime().memory().remove(memory, MemoryKind::kDevice, MemoryKind::kDevice, &range)) device->release(memory);
}

bool Array::holds(size_t x, size_t y, size_t z, size_t width, size_t height, size_t depth) const {
  const size_t row = extent.width * element_bytes();
  return x <= row && width <= row - x && y <= rows() && height <= rows() - y && z <= slices() && depth <= slices() - z;
}

cudaError_t check_array(const cudaChannelFormatDesc* format, const cudaExtent& extent, unsigned flags) {
  if (format == nullptr || !is_channel_format(*format) || extent.width == 0) return cudaErrorInvalidValue;
  if ((flags & kRefusedFlags) != 0) return cudaErrorNotSupported;
  if ((flags & ~kKnownFlags) != 0) return cudaErrorInvalidValue;
  const bool layered = (flags & kLayered) != 0;
  if ((flags & kGather) != 0 && (extent.height == 0 || (extent.depth != 0 && !layered) || (flags & kCube) != 0)) {
    return cudaErrorInvalidValue;
  }
  const bool good = (flags & kCube) != 0 ? is_good_cube(extent, layered)
                    : layered            ? is_good_layered(extent)
                                         : is_good_plain(extent);
  return good ? cudaSuccess : cudaErrorInvalidValue;
}

cudaError_t new_array(Device& device, int ordinal, const ArrayShape& shape, Owned<Array>* out) {
  Owned<Array> array(new Array);
  array->device = &device;
  array->format = shape.format;
  array->extent = shape.extent;
  array->flags = shape.flags;
  cudaError_t error = cudaSuccess;
  if (TextureUnit* unit = device.texture_unit()) {
    error = unit->create_array(shape, &array->native);
  } else {
    array->pitch = pitch_for(shape.extent.width * array->element_bytes());
    error = allocate_device(device, ordinal, array->pitch * array->rows() * array->slices(), &array->memory);
  }
  if (error == cudaSuccess) *out = static_cast<Owned<Array>&&>(array);
  return error;
}

cudaError_t make_array(Device& device, int ordinal, const cudaChannelFormatDesc* format, cudaExtent extent, unsigned flags,
                       cudaArray_t* out) {
  if (out == nullptr) return cudaErrorInvalidValue;
  cudaError_t error = check_array(format, extent, flags);
  Owned<Array> array;
  if (error == cudaSuccess) error = new_array(device, ordinal, ArrayShape{*format, extent, flags}, &array);
  if (error != cudaSuccess) return error;
  *out = reinterpret_cast<cudaArray_t>(runtime().arrays().add(static_cast<Owned<Array>&&>(array), ordinal));
  return cudaSuccess;
}

Array* find_array(cudaArray_const_t handle) { return runtime().arrays().find(handle); }

cudaError_t free_array(cudaArray_t handle) {
  if (handle == nullptr) return cudaSuccess;
  const Array* array = find_array(handle);
  if (array == nullptr || array->owner != nullptr) return cudaErrorInvalidResourceHandle;
  return runtime().arrays().take(handle) ? cudaSuccess : cudaErrorInvalidResourceHandle;
}

}  // namespace cw
