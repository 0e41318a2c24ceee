#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemcpyDtoD_v2(CUdeviceptr dst, CUdeviceptr src, size_t bytes) {
  return in_context([&] { return cudaMemcpy(pointer(dst), pointer(src), bytes, cudaMemcpyDeviceToDevice); });
}
