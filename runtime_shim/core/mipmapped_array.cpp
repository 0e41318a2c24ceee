#include "core/mipmapped_array.hpp"

#include "core/runtime.hpp"
#include "devices/texture_limits.hpp"

namespace cw {
namespace {

size_t halved(size_t side, unsigned level) {
  if (side == 0) return 0;
  const size_t smaller = side >> level;
  return smaller != 0 ? smaller : 1;
}

cudaExtent extent_of_level(const ArrayShape& shape, unsigned level) {
  const bool layered = (shape.flags & (cudaArrayLayered | cudaArrayCubemap)) != 0;
  const cudaExtent& e = shape.extent;
  return cudaExtent{halved(e.width, level), halved(e.height, level), layered ? e.depth : halved(e.depth, level)};
}

unsigned most_levels(const ArrayShape& shape) {
  const bool layered = (shape.flags & (cudaArrayLayered | cudaArrayCubemap)) != 0;
  size_t side = shape.extent.width > shape.extent.height ? shape.extent.width : shape.extent.height;
  if (!layered && shape.extent.depth > side) side = shape.extent.depth;
  unsigned levels = 1;
  while ((side >>= 1) != 0) ++levels;
  return levels;
}

// A level as the texture unit has it.
cudaError_t native_level(const MipmappedArray& mipmapped, unsigned level, Owned<Array>* out) {
  Owned<Array> array(new Array);
  array->device = mipmapped.device;
  array->owner = &mipmapped;
  array->format = mipmapped.shape.format;
  array->flags = mipmapped.shape.flags;
  array->extent = extent_of_level(mipmapped.shape, level);
  const cudaError_t error = mipmapped.device->texture_unit()->level(mipmapped.native, level, &array->native);
  if (error == cudaSuccess) *out = static_cast<Owned<Array>&&>(array);
  return error;
}

cudaError_t linear_level(const MipmappedArray& mipmapped, int ordinal, unsigned level, Owned<Array>* out) {
  ArrayShape shape = mipmapped.shape;
  shape.extent = extent_of_level(shape, level);
  const cudaError_t error = new_array(*mipmapped.device, ordinal, shape, out);
  if (error == cudaSuccess) (*out)->owner = &mipmapped;
  return error;
}

cudaError_t add_levels(MipmappedArray* mipmapped, int ordinal, unsigned levels) {
  TextureUnit* unit = mipmapped->device->texture_unit();
  cudaError_t error = unit != nullptr ? unit->create_mipmapped_array(mipmapped->shape, levels, &mipmapped->native) : cudaSuccess;
  for (unsigned level = 0; error == cudaSuccess && level < levels; ++level) {
    Owned<Array> array;
    error = unit != nullptr ? native_level(*mipmapped, level, &array) : linear_level(*mipmapped, ordinal, level, &array);
    if (error != cudaSuccess) break;
    mipmapped->levels.push(reinterpret_cast<cudaArray_t>(runtime().arrays().add(static_cast<Owned<Array>&&>(array), ordinal)));
  }
  return error;
}

}  // namespace

MipmappedArray::~MipmappedArray() {
  device->synchronize();
  for (cudaArray_t level : levels) runtime().arrays().take(level);
  if (native != nullptr) device->texture_unit()->destroy_mipmapped_array(native);
}

cudaError_t make_mipmapped_array(Device& device, int ordinal, const cudaChannelFormatDesc* format, cudaExtent extent,
                                 unsigned levels, unsigned flags, cudaMipmappedArray_t* out) {
  if (out == nullptr) return cudaErrorInvalidValue;
  cudaError_t error = check_array(format, extent, flags);
  if (error != cudaSuccess) return error;
  if (extent.width > texture_limits::k2DMipmap || extent.height > texture_limits::k2DMipmap) return cudaErrorInvalidValue;
  Owned<MipmappedArray> mipmapped(new MipmappedArray);
  mipmapped->device = &device;
  mipmapped->shape = ArrayShape{*format, extent, flags};
  const unsigned most = most_levels(mipmapped->shape);
  error = add_levels(mipmapped.get(), ordinal, levels == 0 ? 1 : levels < most ? levels : most);
  if (error != cudaSuccess) return error;
  auto* handle = runtime().mipmapped_arrays().add(static_cast<Owned<MipmappedArray>&&>(mipmapped), ordinal);
  *out = reinterpret_cast<cudaMipmappedArray_t>(handle);
  return cudaSuccess;
}

MipmappedArray* find_mipmapped_array(cudaMipmappedArray_const_t handle) { return runtime().mipmapped_arrays().find(handle); }

cudaError_t free_mipmapped_array(cudaMipmappedArray_t handle) {
  if (handle == nullptr) return cudaSuccess;
  return runtime().mipmapped_arrays().take(handle) ? cudaSuccess : cudaErrorInvalidResourceHandle;
}

cudaError_t mipmapped_array_level(cudaArray_t* out, cudaMipmappedArray_const_t handle, unsigned level) {
  if (out == nullptr) return cudaErrorInvalidValue;
  const MipmappedArray* mipmapped = find_mipmapped_array(handle);
  if (mipmapped == nullptr) return cudaErrorInvalidResourceHandle;
  if (level >= mipmapped->levels.size()) return cudaErrorInvalidValue;
  *out = mipmapped->levels[level];
  return cudaSuccess;
}

}  // namespace cw
