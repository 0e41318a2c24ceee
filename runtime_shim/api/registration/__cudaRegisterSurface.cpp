#include "api/entry.hpp"

// The device variable holds a surface object's number.
CW_ENTRY void __cudaRegisterSurface(void** handle, const surfaceReference* host, const void**, const char* name, int, int) {
  auto* binary = reinterpret_cast<cw::RegisteredBinary*>(handle);
  cw::runtime().registry().add_variable(binary, host, name, sizeof(cudaSurfaceObject_t), false, nullptr);
  cw::runtime().texture_references().add_surface(host);
}
