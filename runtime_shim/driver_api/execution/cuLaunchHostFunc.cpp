#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuLaunchHostFunc(CUstream stream, cudaHostFn_t function, void* data) {
  return in_context([&] { return cudaLaunchHostFunc(stream, function, data); });
}
