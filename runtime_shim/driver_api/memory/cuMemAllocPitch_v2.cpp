#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemAllocPitch_v2(CUdeviceptr* out, size_t* pitch, size_t width, size_t height, unsigned) {
  return in_context([&] { return cudaMallocPitch(reinterpret_cast<void**>(out), pitch, width, height); });
}
