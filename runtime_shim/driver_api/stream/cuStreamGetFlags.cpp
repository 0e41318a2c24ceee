#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuStreamGetFlags(CUstream stream, unsigned* flags) {
  return in_context([&] { return cudaStreamGetFlags(stream, flags); });
}
