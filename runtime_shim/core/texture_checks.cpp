// What CUDA documents about the parts of a texture object (Runtime API reference, cudaCreateTextureObject).
#include "core/mipmapped_array.hpp"
#include "core/runtime.hpp"
#include "core/texture.hpp"
#include "core/texture_descriptor.hpp"
#include "devices/texture_limits.hpp"

namespace cw {
namespace {

namespace limit = texture_limits;

bool is_aligned(const void* memory) { return reinterpret_cast<uintptr_t>(memory) % limit::kAlignment == 0; }

cudaError_t check_memory(Device& device, const void* memory, size_t bytes) {
  if (memory == nullptr || !is_aligned(memory)) return cudaErrorInvalidValue;
  return !device.checks_pointers() || runtime().memory().covers(memory, bytes) ? cudaSuccess : cudaErrorInvalidValue;
}

cudaError_t check_linear(Device& device, const cudaResourceDesc& resource) {
  const auto& r = resource.res.linear;
  if (!is_channel_format(r.desc)) return cudaErrorInvalidChannelDescriptor;
  if (r.sizeInBytes / element_bytes_of(r.desc) > limit::k1DLinear) return cudaErrorInvalidValue;
  return check_memory(device, r.devPtr, r.sizeInBytes);
}

cudaError_t check_pitched(Device& device, const cudaResourceDesc& resource) {
  const auto& r = resource.res.pitch2D;
  if (!is_channel_format(r.desc)) return cudaErrorInvalidChannelDescriptor;
  if (r.width == 0 || r.height == 0 || r.width > limit::k2DLinearWidth || r.height > limit::k2DLinearHeight) {
    return cudaErrorInvalidValue;
  }
  const size_t row = r.width * element_bytes_of(r.desc);
  const bool good =
      r.pitchInBytes >= row && r.pitchInBytes <= limit::k2DLinearPitch && r.pitchInBytes % limit::kPitchAlignment == 0;
  return good ? check_memory(device, r.devPtr, (r.height - 1) * r.pitchInBytes + row) : cudaErrorInvalidValue;
}

cudaError_t check_resource(Device& device, const cudaResourceDesc& resource, const cudaTextureDesc& texture) {
  switch (resource.resType) {
    case cudaResourceTypeArray:
      if (resource.res.array.array == nullptr) return cudaErrorInvalidValue;
      return find_array(resource.res.array.array) != nullptr ? cudaSuccess : cudaErrorInvalidResourceHandle;
    case cudaResourceTypeMipmappedArray:
      if (resource.res.mipmap.mipmap == nullptr || texture.normalizedCoords == 0) return cudaErrorInvalidValue;
      return find_mipmapped_array(resource.res.mipmap.mipmap) != nullptr ? cudaSuccess : cudaErrorInvalidResourceHandle;
    case cudaResourceTypeLinear:
      return check_linear(device, resource);
    case cudaResourceTypePitch2D:
      return check_pitched(device, resource);
  }
  return cudaErrorInvalidValue;
}

bool is_filter(cudaTextureFilterMode mode) { return mode == cudaFilterModePoint || mode == cudaFilterModeLinear; }

// Floats, and integers that are read as floats, can be filtered.
cudaError_t check_modes(const cudaResourceDesc& resource, const cudaTextureDesc& texture, const cudaChannelFormatDesc& format) {
  for (cudaTextureAddressMode mode : texture.addressMode) {
    if (mode < cudaAddressModeWrap || mode > cudaAddressModeBorder) return cudaErrorInvalidValue;
  }
  if (!is_filter(texture.filterMode) || !is_filter(texture.mipmapFilterMode)) return cudaErrorInvalidValue;
  if (texture.readMode != cudaReadModeElementType && texture.readMode != cudaReadModeNormalizedFloat) return cudaErrorInvalidValue;
  const bool integers = !is_float(format) && !is_normalized(format);
  const bool normalized = texture.readMode == cudaReadModeNormalizedFloat;
  if (normalized && integers && format.x == 32) return cudaErrorInvalidNormSetting;
  const bool mipmapped = resource.resType == cudaResourceTypeMipmappedArray;
  const bool filtered = (texture.filterMode == cudaFilterModeLinear && resource.resType != cudaResourceTypeLinear) ||
                        (texture.mipmapFilterMode == cudaFilterModeLinear && mipmapped);
  return filtered && integers && !normalized ? cudaErrorInvalidFilterSetting : cudaSuccess;
}

bool fits_layers(const cudaResourceViewDesc& view, const cudaExtent& extent, unsigned flags) {
  if ((flags & (cudaArrayLayered | cudaArrayCubemap)) == 0) return view.firstLayer == 0 && view.lastLayer == 0;
  const bool cubes = (flags & cudaArrayCubemap) == 0 || (view.lastLayer - view.firstLayer + 1) % 6 == 0;
  return view.firstLayer <= view.lastLayer && view.lastLayer < extent.depth && cubes;
}

// A view renames the format and narrows levels and layers; widths in elements stay as they are.
cudaError_t check_view(const cudaResourceDesc& resource, const cudaResourceViewDesc& view, cudaChannelFormatDesc* format) {
  const bool mipmapped = resource.resType == cudaResourceTypeMipmappedArray;
  if (!mipmapped && resource.resType != cudaResourceTypeArray) return cudaErrorInvalidValue;
  const MipmappedArray* levels = mipmapped ? find_mipmapped_array(resource.res.mipmap.mipmap) : nullptr;
  const Array* array = mipmapped ? levels->level(0) : find_array(resource.res.array.array);
  const size_t count = mipmapped ? levels->levels.size() : 1;
  if (view.firstMipmapLevel > view.lastMipmapLevel || view.lastMipmapLevel >= count) return cudaErrorInvalidValue;
  if (!fits_layers(view, array->extent, array->flags)) return cudaErrorInvalidValue;
  if (view.width != array->extent.width || view.height != array->extent.height) return cudaErrorInvalidValue;
  if (view.format == cudaResViewFormatNone) return cudaSuccess;
  if (view.format > cudaResViewFormatFloat4) return cudaErrorNotSupported;
  cudaChannelFormatDesc viewed{};
  if (!format_of_view(view.format, &viewed)) return cudaErrorInvalidValue;
  if (element_bytes_of(viewed) != element_bytes_of(*format)) return cudaErrorInvalidValue;
  *format = viewed;
  return cudaSuccess;
}

}  // namespace

cudaError_t check_texture(Device& device, const cudaResourceDesc* resource, const cudaTextureDesc* texture,
                          const cudaResourceViewDesc* view) {
  if (resource == nullptr || texture == nullptr) return cudaErrorInvalidValue;
  cudaError_t error = check_resource(device, *resource, *texture);
  cudaChannelFormatDesc format{};
  if (error == cudaSuccess && !resource_format(*resource, &format)) error = cudaErrorInvalidResourceHandle;
  if (error == cudaSuccess && view != nullptr) error = check_view(*resource, *view, &format);
  return error != cudaSuccess ? error : check_modes(*resource, *texture, format);
}

}  // namespace cw
