#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemFree_v2(CUdeviceptr memory) {
  return in_context([&] { return cudaFree(pointer(memory)); });
}
