#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuStreamCreate(CUstream* out, unsigned flags) {
  return in_context([&] { return cudaStreamCreateWithFlags(out, flags); });
}
