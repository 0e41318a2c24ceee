#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemcpyHtoDAsync_v2(CUdeviceptr dst, const void* src, size_t bytes, CUstream stream) {
  return in_context([&] { return cudaMemcpyAsync(pointer(dst), src, bytes, cudaMemcpyHostToDevice, stream); });
}
