#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemcpyDtoH_v2(void* dst, CUdeviceptr src, size_t bytes) {
  return in_context([&] { return cudaMemcpy(dst, pointer(src), bytes, cudaMemcpyDeviceToHost); });
}
