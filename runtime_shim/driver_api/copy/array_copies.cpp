// Copies of bytes to and from 1D arrays: rows of one.
#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

CUDA_MEMCPY2D row(size_t bytes) {
  CUDA_MEMCPY2D box{};
  box.WidthInBytes = bytes;
  box.Height = 1;
  return box;
}

void from_array(CUDA_MEMCPY2D* box, CUarray array, size_t offset) {
  box->srcMemoryType = CU_MEMORYTYPE_ARRAY;
  box->srcArray = array;
  box->srcXInBytes = offset;
}

void to_array(CUDA_MEMCPY2D* box, CUarray array, size_t offset) {
  box->dstMemoryType = CU_MEMORYTYPE_ARRAY;
  box->dstArray = array;
  box->dstXInBytes = offset;
}

CUDA_MEMCPY2D host_to_array(CUarray array, size_t offset, const void* from, size_t bytes) {
  CUDA_MEMCPY2D box = row(bytes);
  to_array(&box, array, offset);
  box.srcMemoryType = CU_MEMORYTYPE_HOST;
  box.srcHost = from;
  return box;
}

CUDA_MEMCPY2D array_to_host(void* to, CUarray array, size_t offset, size_t bytes) {
  CUDA_MEMCPY2D box = row(bytes);
  from_array(&box, array, offset);
  box.dstMemoryType = CU_MEMORYTYPE_HOST;
  box.dstHost = to;
  return box;
}

}  // namespace

CUresult cuMemcpyDtoA(CUarray array, size_t offset, CUdeviceptr from, size_t bytes) {
  CUDA_MEMCPY2D box = row(bytes);
  to_array(&box, array, offset);
  box.srcMemoryType = CU_MEMORYTYPE_DEVICE;
  box.srcDevice = from;
  return cuMemcpy2D(&box);
}

CUresult cuMemcpyAtoD(CUdeviceptr to, CUarray array, size_t offset, size_t bytes) {
  CUDA_MEMCPY2D box = row(bytes);
  from_array(&box, array, offset);
  box.dstMemoryType = CU_MEMORYTYPE_DEVICE;
  box.dstDevice = to;
  return cuMemcpy2D(&box);
}

CUresult cuMemcpyAtoA(CUarray to, size_t to_offset, CUarray from, size_t from_offset, size_t bytes) {
  CUDA_MEMCPY2D box = row(bytes);
  to_array(&box, to, to_offset);
  from_array(&box, from, from_offset);
  return cuMemcpy2D(&box);
}

CUresult cuMemcpyHtoA(CUarray array, size_t offset, const void* from, size_t bytes) {
  const CUDA_MEMCPY2D box = host_to_array(array, offset, from, bytes);
  return cuMemcpy2D(&box);
}

CUresult cuMemcpyAtoH(void* to, CUarray array, size_t offset, size_t bytes) {
  const CUDA_MEMCPY2D box = array_to_host(to, array, offset, bytes);
  return cuMemcpy2D(&box);
}

CUresult cuMemcpyHtoAAsync(CUarray array, size_t offset, const void* from, size_t bytes, CUstream stream) {
  const CUDA_MEMCPY2D box = host_to_array(array, offset, from, bytes);
  return cuMemcpy2DAsync(&box, stream);
}

CUresult cuMemcpyAtoHAsync(void* to, CUarray array, size_t offset, size_t bytes, CUstream stream) {
  const CUDA_MEMCPY2D box = array_to_host(to, array, offset, bytes);
  return cuMemcpy2DAsync(&box, stream);
}
