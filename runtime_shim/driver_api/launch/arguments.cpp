#include "driver_api/launch/arguments.hpp"

namespace cw::driver {

bool PackedArguments::read(void** extra) {
  for (void** item = extra; item != nullptr && *item != CU_LAUNCH_PARAM_END; item += 2) {
    if (*item == CU_LAUNCH_PARAM_BUFFER_POINTER) {
      data = item[1];
    } else if (*item == CU_LAUNCH_PARAM_BUFFER_SIZE) {
      bytes = *static_cast<const size_t*>(item[1]);
    } else {
      return false;
    }
  }
  return true;
}

CUresult launch(CUfunction function, const cudaLaunchConfig_t& config, void** parameters, void** extra) {
  return in_context([&] {
    if (function == nullptr) return CUDA_ERROR_INVALID_HANDLE;
    PackedArguments packed;
    if ((parameters != nullptr && extra != nullptr) || !packed.read(extra)) return CUDA_ERROR_INVALID_VALUE;
    if (extra == nullptr) return result(cudaLaunchKernelExC(&config, stub(function), parameters));
    return result(internal().launch_packed(stub(function), &config, packed.data, packed.bytes));
  });
}

}  // namespace cw::driver
