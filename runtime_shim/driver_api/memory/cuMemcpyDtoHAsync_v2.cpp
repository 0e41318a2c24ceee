#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemcpyDtoHAsync_v2(void* dst, CUdeviceptr src, size_t bytes, CUstream stream) {
  return in_context([&] { return cudaMemcpyAsync(dst, pointer(src), bytes, cudaMemcpyDeviceToHost, stream); });
}
