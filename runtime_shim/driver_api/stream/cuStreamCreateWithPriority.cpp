#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuStreamCreateWithPriority(CUstream* out, unsigned flags, int priority) {
  return in_context([&] { return cudaStreamCreateWithPriority(out, flags, priority); });
}
