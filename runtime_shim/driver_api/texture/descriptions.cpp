#include "driver_api/texture/descriptions.hpp"

#include <cstring>

#include "driver_api/texture/formats.hpp"

namespace cw::driver {
namespace {

// The format of what a resource holds; false where it cannot be told.
bool format_of(const cudaResourceDesc& resource, cudaChannelFormatDesc* out) {
  switch (resource.resType) {
    case cudaResourceTypeArray:
      return cudaGetChannelDesc(out, resource.res.array.array) == cudaSuccess;
    case cudaResourceTypeMipmappedArray: {
      cudaArray_t level = nullptr;
      return cudaGetMipmappedArrayLevel(&level, resource.res.mipmap.mipmap, 0) == cudaSuccess &&
             cudaGetChannelDesc(out, level) == cudaSuccess;
    }
    case cudaResourceTypeLinear:
      *out = resource.res.linear.desc;
      return true;
    default:
      *out = resource.res.pitch2D.desc;
      return true;
  }
}

bool is_small_integer(const cudaChannelFormatDesc& format) {
  const bool integer = format.f == cudaChannelFormatKindSigned || format.f == cudaChannelFormatKindUnsigned;
  return integer && format.x <= 16;
}

bool is_normalized(const cudaChannelFormatDesc& format) { return format.f >= cudaChannelFormatKindUnsignedNormalized8X1; }

}  // namespace

CUresult runtime_form(const CUDA_RESOURCE_DESC& from, cudaResourceDesc* out) {
  std::memset(static_cast<void*>(out), 0, sizeof *out);
  if (from.flags != 0) return CUDA_ERROR_INVALID_VALUE;
  bool good = true;
  switch (from.resType) {
    case CU_RESOURCE_TYPE_ARRAY:
      out->resType = cudaResourceTypeArray;
      out->res.array.array = reinterpret_cast<cudaArray_t>(from.res.array.hArray);
      break;
    case CU_RESOURCE_TYPE_MIPMAPPED_ARRAY:
      out->resType = cudaResourceTypeMipmappedArray;
      out->res.mipmap.mipmap = reinterpret_cast<cudaMipmappedArray_t>(from.res.mipmap.hMipmappedArray);
      break;
    case CU_RESOURCE_TYPE_LINEAR:
      out->resType = cudaResourceTypeLinear;
      out->res.linear.devPtr = pointer(from.res.linear.devPtr);
      out->res.linear.sizeInBytes = from.res.linear.sizeInBytes;
      good = channel_format(from.res.linear.format, from.res.linear.numChannels, &out->res.linear.desc);
      break;
    case CU_RESOURCE_TYPE_PITCH2D:
      out->resType = cudaResourceTypePitch2D;
      out->res.pitch2D.devPtr = pointer(from.res.pitch2D.devPtr);
      out->res.pitch2D.width = from.res.pitch2D.width;
      out->res.pitch2D.height = from.res.pitch2D.height;
      out->res.pitch2D.pitchInBytes = from.res.pitch2D.pitchInBytes;
      good = channel_format(from.res.pitch2D.format, from.res.pitch2D.numChannels, &out->res.pitch2D.desc);
      break;
    default:
      good = false;
  }
  return good ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

CUresult driver_form(const cudaResourceDesc& from, CUDA_RESOURCE_DESC* out) {
  *out = CUDA_RESOURCE_DESC{};
  out->resType = static_cast<CUresourcetype>(from.resType);
  bool good = true;
  switch (from.resType) {
    case cudaResourceTypeArray:
      out->res.array.hArray = reinterpret_cast<CUarray>(from.res.array.array);
      break;
    case cudaResourceTypeMipmappedArray:
      out->res.mipmap.hMipmappedArray = reinterpret_cast<CUmipmappedArray>(from.res.mipmap.mipmap);
      break;
    case cudaResourceTypeLinear:
      out->res.linear.devPtr = address(from.res.linear.devPtr);
      out->res.linear.sizeInBytes = from.res.linear.sizeInBytes;
      good = array_format(from.res.linear.desc, &out->res.linear.format, &out->res.linear.numChannels);
      break;
    default:
      out->res.pitch2D.devPtr = address(from.res.pitch2D.devPtr);
      out->res.pitch2D.width = from.res.pitch2D.width;
      out->res.pitch2D.height = from.res.pitch2D.height;
      out->res.pitch2D.pitchInBytes = from.res.pitch2D.pitchInBytes;
      good = array_format(from.res.pitch2D.desc, &out->res.pitch2D.format, &out->res.pitch2D.numChannels);
  }
  return good ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

// Small integers are read as fractions unless CU_TRSF_READ_AS_INTEGER asks for themselves.
CUresult runtime_form(const CUDA_TEXTURE_DESC& from, const cudaResourceDesc& resource, cudaTextureDesc* out) {
  constexpr unsigned known = CU_TRSF_READ_AS_INTEGER | CU_TRSF_NORMALIZED_COORDINATES | CU_TRSF_SRGB |
                             CU_TRSF_DISABLE_TRILINEAR_OPTIMIZATION | CU_TRSF_SEAMLESS_CUBEMAP;
  cudaChannelFormatDesc format;
  if ((from.flags & ~known) != 0 || !format_of(resource, &format)) return CUDA_ERROR_INVALID_VALUE;
  *out = cudaTextureDesc{};
  for (int i = 0; i < 3; ++i) out->addressMode[i] = static_cast<cudaTextureAddressMode>(from.addressMode[i]);
  out->filterMode = static_cast<cudaTextureFilterMode>(from.filterMode);
  const bool fractions = is_normalized(format) || (is_small_integer(format) && (from.flags & CU_TRSF_READ_AS_INTEGER) == 0);
  out->readMode = fractions ? cudaReadModeNormalizedFloat : cudaReadModeElementType;
  out->sRGB = (from.flags & CU_TRSF_SRGB) != 0;
  std::memcpy(out->borderColor, from.borderColor, sizeof out->borderColor);
  out->normalizedCoords = (from.flags & CU_TRSF_NORMALIZED_COORDINATES) != 0;
  out->maxAnisotropy = from.maxAnisotropy;
  out->mipmapFilterMode = static_cast<cudaTextureFilterMode>(from.mipmapFilterMode);
  out->mipmapLevelBias = from.mipmapLevelBias;
  out->minMipmapLevelClamp = from.minMipmapLevelClamp;
  out->maxMipmapLevelClamp = from.maxMipmapLevelClamp;
  out->disableTrilinearOptimization = (from.flags & CU_TRSF_DISABLE_TRILINEAR_OPTIMIZATION) != 0;
  out->seamlessCubemap = (from.flags & CU_TRSF_SEAMLESS_CUBEMAP) != 0;
  return CUDA_SUCCESS;
}

void driver_form(const cudaTextureDesc& from, CUDA_TEXTURE_DESC* out) {
  *out = CUDA_TEXTURE_DESC{};
  for (int i = 0; i < 3; ++i) out->addressMode[i] = static_cast<CUaddress_mode>(from.addressMode[i]);
  out->filterMode = static_cast<CUfilter_mode>(from.filterMode);
  if (from.readMode == cudaReadModeElementType) out->flags |= CU_TRSF_READ_AS_INTEGER;
  if (from.normalizedCoords != 0) out->flags |= CU_TRSF_NORMALIZED_COORDINATES;
  if (from.sRGB != 0) out->flags |= CU_TRSF_SRGB;
  if (from.disableTrilinearOptimization != 0) out->flags |= CU_TRSF_DISABLE_TRILINEAR_OPTIMIZATION;
  if (from.seamlessCubemap != 0) out->flags |= CU_TRSF_SEAMLESS_CUBEMAP;
  out->maxAnisotropy = from.maxAnisotropy;
  out->mipmapFilterMode = static_cast<CUfilter_mode>(from.mipmapFilterMode);
  out->mipmapLevelBias = from.mipmapLevelBias;
  out->minMipmapLevelClamp = from.minMipmapLevelClamp;
  out->maxMipmapLevelClamp = from.maxMipmapLevelClamp;
  std::memcpy(out->borderColor, from.borderColor, sizeof out->borderColor);
}

cudaResourceViewDesc runtime_form(const CUDA_RESOURCE_VIEW_DESC& v) {
  const auto format = static_cast<cudaResourceViewFormat>(v.format);
  return cudaResourceViewDesc{format, v.width, v.height, v.depth, v.firstMipmapLevel, v.lastMipmapLevel, v.firstLayer, v.lastLayer};
}

CUDA_RESOURCE_VIEW_DESC driver_form(const cudaResourceViewDesc& v) {
  const auto format = static_cast<CUresourceViewFormat>(v.format);
  return CUDA_RESOURCE_VIEW_DESC{format,       v.width,     v.height, v.depth, v.firstMipmapLevel, v.lastMipmapLevel,
                                 v.firstLayer, v.lastLayer, {}};
}

}  // namespace cw::driver
