#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemHostGetDevicePointer_v2(CUdeviceptr* out, void* host, unsigned flags) {
  return in_context([&] { return cudaHostGetDevicePointer(reinterpret_cast<void**>(out), host, flags); });
}
