#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemAlloc_v2(CUdeviceptr* out, size_t bytes) {
  return in_context([&] { return bytes == 0 ? cudaErrorInvalidValue : cudaMalloc(reinterpret_cast<void**>(out), bytes); });
}
