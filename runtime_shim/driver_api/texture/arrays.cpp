// Arrays and mipmapped arrays.
#include "driver_api/texture/formats.hpp"

using namespace cw::driver;

namespace {

cudaArray_t array_of(CUarray handle) { return reinterpret_cast<cudaArray_t>(handle); }
cudaMipmappedArray_t mipmap_of(CUmipmappedArray handle) { return reinterpret_cast<cudaMipmappedArray_t>(handle); }

CUresult create(cudaArray_t* out, const CUDA_ARRAY3D_DESCRIPTOR& from) {
  cudaChannelFormatDesc format;
  const bool good = from.Width != 0 && channel_format(from.Format, from.NumChannels, &format);
  if (out == nullptr || !good) return CUDA_ERROR_INVALID_VALUE;
  return result(cudaMalloc3DArray(out, &format, cudaExtent{from.Width, from.Height, from.Depth}, from.Flags));
}

CUresult describe(CUarray handle, CUDA_ARRAY3D_DESCRIPTOR* out) {
  cudaChannelFormatDesc format;
  cudaExtent extent;
  unsigned flags = 0;
  const CUresult error = result(cudaArrayGetInfo(&format, &extent, &flags, array_of(handle)));
  if (error != CUDA_SUCCESS) return error;
  *out = CUDA_ARRAY3D_DESCRIPTOR{};
  out->Width = extent.width;
  out->Height = extent.height;
  out->Depth = extent.depth;
  out->Flags = flags;
  return array_format(format, &out->Format, &out->NumChannels) ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

}  // namespace

CUresult cuArrayCreate(CUarray* out, const CUDA_ARRAY_DESCRIPTOR* from) {
  return in_context([&] {
    if (from == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUDA_ARRAY3D_DESCRIPTOR full{from->Width, from->Height, 0, from->Format, from->NumChannels, 0};
    return create(reinterpret_cast<cudaArray_t*>(out), full);
  });
}

CUresult cuArray3DCreate(CUarray* out, const CUDA_ARRAY3D_DESCRIPTOR* from) {
  return in_context(
      [&] { return from == nullptr ? CUDA_ERROR_INVALID_VALUE : create(reinterpret_cast<cudaArray_t*>(out), *from); });
}

CUresult cuArrayGetDescriptor(CUDA_ARRAY_DESCRIPTOR* out, CUarray array) {
  return in_context([&] {
    CUDA_ARRAY3D_DESCRIPTOR full;
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = describe(array, &full);
    if (error == CUDA_SUCCESS) *out = CUDA_ARRAY_DESCRIPTOR{full.Width, full.Height, full.Format, full.NumChannels};
    return error;
  });
}

CUresult cuArray3DGetDescriptor(CUDA_ARRAY3D_DESCRIPTOR* out, CUarray array) {
  return in_context([&] { return out == nullptr ? CUDA_ERROR_INVALID_VALUE : describe(array, out); });
}

// The runtime takes null for nothing to free.
CUresult cuArrayDestroy(CUarray array) {
  return in_context([&] { return array == nullptr ? cudaErrorInvalidResourceHandle : cudaFreeArray(array_of(array)); });
}

CUresult cuArrayGetPlane(CUarray* out, CUarray array, unsigned plane) {
  return in_context([&] { return cudaArrayGetPlane(reinterpret_cast<cudaArray_t*>(out), array_of(array), plane); });
}

CUresult cuArrayGetMemoryRequirements(CUDA_ARRAY_MEMORY_REQUIREMENTS* out, CUarray array, CUdevice device) {
  return in_context(
      [&] { return cudaArrayGetMemoryRequirements(same_layout<cudaArrayMemoryRequirements>(out), array_of(array), device); });
}

CUresult cuArrayGetSparseProperties(CUDA_ARRAY_SPARSE_PROPERTIES* out, CUarray array) {
  return in_context([&] { return cudaArrayGetSparseProperties(same_layout<cudaArraySparseProperties>(out), array_of(array)); });
}

CUresult cuMipmappedArrayCreate(CUmipmappedArray* out, const CUDA_ARRAY3D_DESCRIPTOR* from, unsigned levels) {
  return in_context([&] {
    cudaChannelFormatDesc format;
    const bool good = from != nullptr && from->Width != 0 && channel_format(from->Format, from->NumChannels, &format);
    if (out == nullptr || !good) return CUDA_ERROR_INVALID_VALUE;
    const cudaExtent extent{from->Width, from->Height, from->Depth};
    return result(cudaMallocMipmappedArray(reinterpret_cast<cudaMipmappedArray_t*>(out), &format, extent, levels, from->Flags));
  });
}

CUresult cuMipmappedArrayGetLevel(CUarray* out, CUmipmappedArray array, unsigned level) {
  return in_context([&] { return cudaGetMipmappedArrayLevel(reinterpret_cast<cudaArray_t*>(out), mipmap_of(array), level); });
}

CUresult cuMipmappedArrayDestroy(CUmipmappedArray array) {
  return in_context([&] { return array == nullptr ? cudaErrorInvalidResourceHandle : cudaFreeMipmappedArray(mipmap_of(array)); });
}

CUresult cuMipmappedArrayGetMemoryRequirements(CUDA_ARRAY_MEMORY_REQUIREMENTS* out, CUmipmappedArray array, CUdevice device) {
  return in_context([&] {
    return cudaMipmappedArrayGetMemoryRequirements(same_layout<cudaArrayMemoryRequirements>(out), mipmap_of(array), device);
  });
}

CUresult cuMipmappedArrayGetSparseProperties(CUDA_ARRAY_SPARSE_PROPERTIES* out, CUmipmappedArray array) {
  return in_context(
      [&] { return cudaMipmappedArrayGetSparseProperties(same_layout<cudaArraySparseProperties>(out), mipmap_of(array)); });
}
