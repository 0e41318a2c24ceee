#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemcpyAsync(CUdeviceptr dst, CUdeviceptr src, size_t bytes, CUstream stream) {
  return in_context([&] { return cudaMemcpyAsync(pointer(dst), pointer(src), bytes, cudaMemcpyDefault, stream); });
}
