#include "driver_api/copy/boxes.hpp"

namespace cw::driver {
namespace {

// One side of a copy.
struct Side {
  CUmemorytype type;
  void* memory;
  CUarray array;
  size_t x;  // bytes
  size_t y;
  size_t z;
  size_t pitch;
  size_t height;
};

Side source(const CUDA_MEMCPY3D& p) {
  void* host = const_cast<void*>(p.srcHost);
  void* memory = p.srcMemoryType == CU_MEMORYTYPE_HOST ? host : pointer(p.srcDevice);
  return Side{p.srcMemoryType, memory, p.srcArray, p.srcXInBytes, p.srcY, p.srcZ, p.srcPitch, p.srcHeight};
}

Side destination(const CUDA_MEMCPY3D& p) {
  void* memory = p.dstMemoryType == CU_MEMORYTYPE_HOST ? p.dstHost : pointer(p.dstDevice);
  return Side{p.dstMemoryType, memory, p.dstArray, p.dstXInBytes, p.dstY, p.dstZ, p.dstPitch, p.dstHeight};
}

struct Place {
  cudaArray_t array = nullptr;
  cudaPos at{};
  cudaPitchedPtr memory{};
  size_t element = 0;  // bytes; 0: no array
};

CUresult describe_array(const Side& side, Place* out) {
  cudaChannelFormatDesc format;
  out->array = reinterpret_cast<cudaArray_t>(side.array);
  const CUresult error = result(cudaArrayGetInfo(&format, nullptr, nullptr, out->array));
  if (error != CUDA_SUCCESS) return error;
  out->element = static_cast<size_t>(format.x + format.y + format.z + format.w) / 8;
  if (out->element == 0 || side.x % out->element != 0) return CUDA_ERROR_INVALID_VALUE;
  out->at = cudaPos{side.x / out->element, side.y, side.z};
  return CUDA_SUCCESS;
}

CUresult describe(const Side& side, const CUDA_MEMCPY3D& box, Place* out) {
  if (side.type < CU_MEMORYTYPE_HOST || side.type > CU_MEMORYTYPE_UNIFIED) return CUDA_ERROR_INVALID_VALUE;
  if (side.type == CU_MEMORYTYPE_ARRAY) return describe_array(side, out);
  const size_t width = side.x + box.WidthInBytes;
  const bool rows = box.Height > 1 || box.Depth > 1 || side.y > 0 || side.z > 0;
  if (rows && side.pitch < width) return CUDA_ERROR_INVALID_VALUE;
  const bool slices = box.Depth > 1 || side.z > 0;
  if (slices && side.height < side.y + box.Height) return CUDA_ERROR_INVALID_VALUE;
  out->at = cudaPos{side.x, side.y, side.z};
  const size_t pitch = side.pitch >= width ? side.pitch : width;
  out->memory = cudaPitchedPtr{side.memory, pitch, pitch, slices ? side.height : side.y + box.Height};
  return CUDA_SUCCESS;
}

cudaMemcpyKind kind_of(CUmemorytype from, CUmemorytype to) {
  if (from == CU_MEMORYTYPE_UNIFIED || to == CU_MEMORYTYPE_UNIFIED) return cudaMemcpyDefault;
  const bool from_host = from == CU_MEMORYTYPE_HOST;
  const bool to_host = to == CU_MEMORYTYPE_HOST;
  if (from_host) return to_host ? cudaMemcpyHostToHost : cudaMemcpyHostToDevice;
  return to_host ? cudaMemcpyDeviceToHost : cudaMemcpyDeviceToDevice;
}

}  // namespace

CUDA_MEMCPY3D box_of(const CUDA_MEMCPY2D& p) {
  CUDA_MEMCPY3D box{};
  box.srcXInBytes = p.srcXInBytes;
  box.srcY = p.srcY;
  box.srcMemoryType = p.srcMemoryType;
  box.srcHost = p.srcHost;
  box.srcDevice = p.srcDevice;
  box.srcArray = p.srcArray;
  box.srcPitch = p.srcPitch;
  box.dstXInBytes = p.dstXInBytes;
  box.dstY = p.dstY;
  box.dstMemoryType = p.dstMemoryType;
  box.dstHost = p.dstHost;
  box.dstDevice = p.dstDevice;
  box.dstArray = p.dstArray;
  box.dstPitch = p.dstPitch;
  box.WidthInBytes = p.WidthInBytes;
  box.Height = p.Height;
  box.Depth = 1;
  return box;
}

// Addresses are the same in every context.
CUDA_MEMCPY3D box_of(const CUDA_MEMCPY3D_PEER& p) {
  CUDA_MEMCPY3D box{};
  box.srcXInBytes = p.srcXInBytes;
  box.srcY = p.srcY;
  box.srcZ = p.srcZ;
  box.srcLOD = p.srcLOD;
  box.srcMemoryType = p.srcMemoryType;
  box.srcHost = p.srcHost;
  box.srcDevice = p.srcDevice;
  box.srcArray = p.srcArray;
  box.srcPitch = p.srcPitch;
  box.srcHeight = p.srcHeight;
  box.dstXInBytes = p.dstXInBytes;
  box.dstY = p.dstY;
  box.dstZ = p.dstZ;
  box.dstLOD = p.dstLOD;
  box.dstMemoryType = p.dstMemoryType;
  box.dstHost = p.dstHost;
  box.dstDevice = p.dstDevice;
  box.dstArray = p.dstArray;
  box.dstPitch = p.dstPitch;
  box.dstHeight = p.dstHeight;
  box.WidthInBytes = p.WidthInBytes;
  box.Height = p.Height;
  box.Depth = p.Depth;
  return box;
}

CUresult runtime_form(const CUDA_MEMCPY3D& from, cudaMemcpy3DParms* out) {
  if (from.srcLOD != 0 || from.dstLOD != 0) return CUDA_ERROR_INVALID_VALUE;
  Place src;
  Place dst;
  CUresult error = describe(source(from), from, &src);
  if (error == CUDA_SUCCESS) error = describe(destination(from), from, &dst);
  if (error != CUDA_SUCCESS) return error;
  const size_t element = src.element != 0 ? src.element : dst.element != 0 ? dst.element : 1;
  if (from.WidthInBytes % element != 0) return CUDA_ERROR_INVALID_VALUE;
  const cudaExtent extent{from.WidthInBytes / element, from.Height, from.Depth};
  const cudaMemcpyKind kind = kind_of(from.srcMemoryType, from.dstMemoryType);
  *out = cudaMemcpy3DParms{src.array, src.at, src.memory, dst.array, dst.at, dst.memory, extent, kind};
  return CUDA_SUCCESS;
}

CUresult driver_form(const cudaMemcpy3DParms& from, CUDA_MEMCPY3D* out) {
  cudaChannelFormatDesc format{};
  size_t element = 1;
  cudaArray_t array = from.srcArray != nullptr ? from.srcArray : from.dstArray;
  if (array != nullptr) {
    const CUresult error = result(cudaArrayGetInfo(&format, nullptr, nullptr, array));
    if (error != CUDA_SUCCESS) return error;
    element = static_cast<size_t>(format.x + format.y + format.z + format.w) / 8;
  }
  *out = CUDA_MEMCPY3D{};
  out->srcMemoryType = from.srcArray != nullptr ? CU_MEMORYTYPE_ARRAY : CU_MEMORYTYPE_UNIFIED;
  out->srcArray = reinterpret_cast<CUarray>(from.srcArray);
  out->srcDevice = address(from.srcPtr.ptr);
  out->srcXInBytes = from.srcArray != nullptr ? from.srcPos.x * element : from.srcPos.x;
  out->srcY = from.srcPos.y;
  out->srcZ = from.srcPos.z;
  out->srcPitch = from.srcPtr.pitch;
  out->srcHeight = from.srcPtr.ysize;
  out->dstMemoryType = from.dstArray != nullptr ? CU_MEMORYTYPE_ARRAY : CU_MEMORYTYPE_UNIFIED;
  out->dstArray = reinterpret_cast<CUarray>(from.dstArray);
  out->dstDevice = address(from.dstPtr.ptr);
  out->dstXInBytes = from.dstArray != nullptr ? from.dstPos.x * element : from.dstPos.x;
  out->dstY = from.dstPos.y;
  out->dstZ = from.dstPos.z;
  out->dstPitch = from.dstPtr.pitch;
  out->dstHeight = from.dstPtr.ysize;
  out->WidthInBytes = from.extent.width * element;
  out->Height = from.extent.height;
  out->Depth = from.extent.depth;
  return CUDA_SUCCESS;
}

}  // namespace cw::driver
