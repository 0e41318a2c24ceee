#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuModuleUnload(CUmodule module) {
  return in_context([&] { return internal().module_unload(module_of(module)); });
}
