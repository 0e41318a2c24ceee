#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuModuleGetGlobal_v2(CUdeviceptr* out, size_t* bytes, CUmodule module, const char* name) {
  return in_context([&] {
    void* address = nullptr;
    const cudaError_t error = internal().module_variable(module_of(module), name, &address, bytes);
    if (error == cudaSuccess && out != nullptr) *out = reinterpret_cast<CUdeviceptr>(address);
    return error;
  });
}
