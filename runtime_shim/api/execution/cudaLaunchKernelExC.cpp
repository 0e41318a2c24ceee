#include "api/entry.hpp"
#include "core/configured_launch.hpp"

CW_ENTRY cudaError_t cudaLaunchKernelExC(const cudaLaunchConfig_t* config, const void* function, void** arguments) {
  if (config == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::launch_configured(function, *config, cw::LaunchArguments{arguments, nullptr, 0});
}
