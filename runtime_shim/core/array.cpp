#include "core/array.hpp"

#include "core/allocation.hpp"
#include "core/copies.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

bool is_format(const cudaChannelFormatDesc& f) {
  const int bits = f.x + f.y + f.z + f.w;
  const int bytes = bits / 8;
  return f.x > 0 && bits % 8 == 0 && (bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8 || bytes == 16);
}

}  // namespace

Array::~Array() {
  if (memory == nullptr) return;
  device->synchronize();
  MemoryRange range;
  if (runtime().memory().remove(memory, MemoryKind::kDevice, MemoryKind::kDevice, &range)) device->release(memory);
}

bool Array::holds(size_t x, size_t y, size_t z, size_t width, size_t height, size_t depth) const {
  const size_t row = extent.width * element_bytes();
  return x <= row && width <= row - x && y <= rows() && height <= rows() - y && z <= slices() && depth <= slices() - z;
}

cudaError_t make_array(Device& device, int ordinal, const cudaChannelFormatDesc* format, cudaExtent extent, unsigned flags,
                       cudaArray_t* out) {
  if (out == nullptr || format == nullptr || !is_format(*format) || extent.width == 0) return cudaErrorInvalidValue;
  if ((flags & ~static_cast<unsigned>(cudaArraySurfaceLoadStore | cudaArrayTextureGather)) != 0) return cudaErrorNotSupported;
  Owned<Array> array(new Array);
  array->device = &device;
  array->format = *format;
  array->extent = extent;
  array->flags = flags;
  array->pitch = pitch_for(extent.width * array->element_bytes());
  const cudaError_t error = allocate_device(device, ordinal, array->pitch * array->rows() * array->slices(), &array->memory);
  if (error != cudaSuccess) return error;
  *out = reinterpret_cast<cudaArray_t>(runtime().arrays().add(static_cast<Owned<Array>&&>(array), ordinal));
  return cudaSuccess;
}

Array* find_array(cudaArray_const_t handle) { return runtime().arrays().find(handle); }

cudaError_t copy_to_array(Stream& stream, cudaArray_t dst, size_t x, size_t y, const void* src, size_t pitch, size_t width,
                          size_t height, cudaMemcpyKind kind, bool now) {
  const Array* array = find_array(dst);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  if (!array->holds(x, y, 0, width, height, 1)) return cudaErrorInvalidValue;
  return submit_copy(stream, Copy{src, pitch, 0, array->at(x, y, 0), array->pitch, 0, width, height, 1, kind}, now);
}

cudaError_t copy_from_array(Stream& stream, void* dst, size_t pitch, cudaArray_const_t src, size_t x, size_t y, size_t width,
                            size_t height, cudaMemcpyKind kind, bool now) {
  const Array* array = find_array(src);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  if (!array->holds(x, y, 0, width, height, 1)) return cudaErrorInvalidValue;
  return submit_copy(stream, Copy{array->at(x, y, 0), array->pitch, 0, dst, pitch, 0, width, height, 1, kind}, now);
}

}  // namespace cw
