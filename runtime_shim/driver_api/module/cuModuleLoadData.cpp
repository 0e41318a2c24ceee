#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuModuleLoadData(CUmodule* out, const void* image) {
  return in_context([&] { return internal().module_load(image, reinterpret_cast<cw::Module**>(out)); });
}
