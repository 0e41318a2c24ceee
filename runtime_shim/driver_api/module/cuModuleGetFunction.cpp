#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuModuleGetFunction(CUfunction* out, CUmodule module, const char* name) {
  return in_context([&] { return internal().module_kernel(module_of(module), name, reinterpret_cast<cw::Kernel**>(out)); });
}
