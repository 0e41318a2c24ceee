#include "driver_api/entry.hpp"

using namespace cw::driver;

// The options concern a just-in-time compiler; the NVIDIA device passes its own.
CW_DRIVER_ENTRY cuModuleLoadDataEx(CUmodule* out, const void* image, unsigned, const int*, void**) {
  return in_context([&] { return internal().module_load(image, reinterpret_cast<cw::Module**>(out)); });
}
