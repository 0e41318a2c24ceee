#include "core/texture_descriptor.hpp"

#include "core/mipmapped_array.hpp"

namespace cw {
namespace {

uint64_t address_of(const void* memory) { return reinterpret_cast<uint64_t>(memory); }

bool is_sliced(const Array& array) { return (array.flags & (cudaArrayLayered | cudaArrayCubemap)) == 0; }

cw_texture_level level_of(const Array& array, unsigned first_layer) {
  cw_texture_level level{};
  level.slice = array.pitch * array.rows();
  level.base = address_of(array.memory) + first_layer * level.slice;
  level.pitch = static_cast<uint32_t>(array.pitch);
  level.width = static_cast<uint32_t>(array.extent.width);
  level.height = static_cast<uint32_t>(array.rows());
  level.depth = is_sliced(array) ? static_cast<uint32_t>(array.slices()) : 1;
  return level;
}

// The layers that can be addressed: all of the array, or a view's.
uint32_t layers_of(const Array& array, const cudaResourceViewDesc* view) {
  if (is_sliced(array)) return 1;
  return view != nullptr ? view->lastLayer - view->firstLayer + 1 : static_cast<uint32_t>(array.slices());
}

void add_levels(cw_texture* out, const MipmappedArray& mipmapped, const cudaResourceViewDesc* view) {
  const size_t first = view != nullptr ? view->firstMipmapLevel : 0;
  const size_t last = view != nullptr ? view->lastMipmapLevel : mipmapped.levels.size() - 1;
  const unsigned layer = view != nullptr ? view->firstLayer : 0;
  for (size_t i = first; i <= last; ++i) out->level[out->levels++] = level_of(*mipmapped.level(i), layer);
  out->layers = layers_of(*mipmapped.level(0), view);
}

void add_memory(cw_texture* out, const void* memory, size_t width, size_t height, size_t pitch) {
  cw_texture_level& level = out->level[0];
  level = cw_texture_level{address_of(memory),
                           pitch * height,
                           static_cast<uint32_t>(pitch),
                           static_cast<uint32_t>(width),
                           static_cast<uint32_t>(height),
                           1};
  out->levels = 1;
  out->layers = 1;
}

void add_resource(cw_texture* out, const cudaResourceDesc& resource, const cudaResourceViewDesc* view) {
  const auto& r = resource.res;
  switch (resource.resType) {
    case cudaResourceTypeArray: {
      const Array& array = *find_array(r.array.array);
      out->level[out->levels++] = level_of(array, view != nullptr ? view->firstLayer : 0);
      out->layers = layers_of(array, view);
      return;
    }
    case cudaResourceTypeMipmappedArray:
      return add_levels(out, *find_mipmapped_array(r.mipmap.mipmap), view);
    case cudaResourceTypeLinear:
      return add_memory(out, r.linear.devPtr, r.linear.sizeInBytes / element_bytes_of(r.linear.desc), 1, 0);
    case cudaResourceTypePitch2D:
      return add_memory(out, r.pitch2D.devPtr, r.pitch2D.width, r.pitch2D.height, r.pitch2D.pitchInBytes);
  }
}

// CUDA: without normalized coordinates, wrap and mirror become clamp; so they do in cube maps that are filtered across edges.
uint8_t address_mode(const cudaTextureDesc& texture, int dimension) {
  const cudaTextureAddressMode mode = texture.addressMode[dimension];
  const bool repeats = mode == cudaAddressModeWrap || mode == cudaAddressModeMirror;
  if (texture.seamlessCubemap != 0 || (repeats && texture.normalizedCoords == 0)) return CW_ADDRESS_CLAMP;
  return static_cast<uint8_t>(mode);
}

}  // namespace

bool resource_format(const cudaResourceDesc& resource, cudaChannelFormatDesc* out) {
  const auto& r = resource.res;
  if (resource.resType == cudaResourceTypeLinear) *out = r.linear.desc;
  if (resource.resType == cudaResourceTypePitch2D) *out = r.pitch2D.desc;
  if (resource.resType == cudaResourceTypeArray) {
    const Array* array = find_array(r.array.array);
    if (array == nullptr) return false;
    *out = array->format;
  }
  if (resource.resType == cudaResourceTypeMipmappedArray) {
    const MipmappedArray* mipmapped = find_mipmapped_array(r.mipmap.mipmap);
    if (mipmapped == nullptr) return false;
    *out = mipmapped->shape.format;
  }
  return true;
}

cw_texture describe_texture(const cudaResourceDesc& resource, const cudaTextureDesc& texture, const cudaResourceViewDesc* view) {
  cw_texture out{};
  cudaChannelFormatDesc format{};
  resource_format(resource, &format);
  if (view != nullptr) format_of_view(view->format, &format);
  out.texel = static_cast<uint8_t>(texel_of(format, texture.readMode, texture.sRGB != 0));
  out.channels = static_cast<uint8_t>(channels_of(format));
  out.element_bytes = static_cast<uint8_t>(element_bytes_of(format));
  if (texture.filterMode == cudaFilterModeLinear) out.flags |= CW_TEXTURE_LINEAR;
  if (texture.normalizedCoords != 0) out.flags |= CW_TEXTURE_NORMALIZED;
  if (texture.mipmapFilterMode == cudaFilterModeLinear) out.flags |= CW_TEXTURE_MIP_LINEAR;
  if (texture.seamlessCubemap != 0) out.flags |= CW_TEXTURE_SEAMLESS;
  for (int i = 0; i < 3; ++i) out.address[i] = address_mode(texture, i);
  static_assert(sizeof out.border == sizeof texture.borderColor);
  __builtin_memcpy(out.border, texture.borderColor, sizeof out.border);
  out.level_bias = texture.mipmapLevelBias;
  out.min_level = texture.minMipmapLevelClamp;
  out.max_level = texture.maxMipmapLevelClamp;
  add_resource(&out, resource, view);
  return out;
}

cw_surface describe_surface(const Array& array) {
  return cw_surface{address_of(array.memory),
                    array.pitch * array.rows(),
                    static_cast<uint32_t>(array.pitch),
                    static_cast<uint32_t>(array.extent.width * array.element_bytes()),
                    static_cast<uint32_t>(array.rows()),
                    static_cast<uint32_t>(array.slices())};
}

}  // namespace cw
