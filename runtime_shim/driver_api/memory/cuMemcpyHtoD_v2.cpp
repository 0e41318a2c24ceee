#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemcpyHtoD_v2(CUdeviceptr dst, const void* src, size_t bytes) {
  return in_context([&] { return cudaMemcpy(pointer(dst), src, bytes, cudaMemcpyHostToDevice); });
}
