#include "devices/gpu/driver.hpp"

#include <dlfcn.h>

namespace cw::gpu {

const char* Driver::load_functions(void* library, bool hip_names) {
#define CW_GPU_FUNCTION(name, hip, cuda, parameters)                               \
  name = reinterpret_cast<decltype(name)>(dlsym(library, hip_names ? hip : cuda)); \
  if (name == nullptr) return hip_names ? hip : cuda;
#define CW_GPU_OPTIONAL(name, hip, cuda, parameters) \
  name = reinterpret_cast<decltype(name)>(dlsym(library, hip_names ? hip : cuda));
#include "devices/gpu/functions.inc"
#undef CW_GPU_FUNCTION
  return nullptr;
}

}  // namespace cw::gpu
