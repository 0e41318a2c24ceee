// Launches with attributes, of both APIs.
#pragma once

#include "devices/device.hpp"

namespace cw {

// `function`: a host stub or a handle that stands for one. Records its error as an entry does.
cudaError_t launch_configured(const void* function, const cudaLaunchConfig_t& config, const LaunchArguments& arguments);

}  // namespace cw
