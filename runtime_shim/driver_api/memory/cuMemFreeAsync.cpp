#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemFreeAsync(CUdeviceptr memory, CUstream stream) {
  return in_context([&] { return cudaFreeAsync(pointer(memory), stream); });
}
