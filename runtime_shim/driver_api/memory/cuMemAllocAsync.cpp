#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemAllocAsync(CUdeviceptr* out, size_t bytes, CUstream stream) {
  return in_context([&] { return cudaMallocAsync(reinterpret_cast<void**>(out), bytes, stream); });
}
