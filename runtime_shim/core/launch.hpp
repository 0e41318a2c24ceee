// The checks every launch passes, whatever device it goes to.
#pragma once

#include "devices/device.hpp"

namespace cw {

// cudaErrorInvalidConfiguration: empty or too large grid or block. cudaErrorLaunchOutOfResources: more threads than the kernel's
// launch bounds. cudaErrorInvalidClusterSize. cudaErrorInvalidValue: more dynamic shared memory than the kernel may use.
// cudaErrorCooperativeLaunchTooLarge.
cudaError_t check_launch(Kernel& kernel, const LaunchShape& shape, const cudaDeviceProp& properties);

// Checks and queues a launch of the current device.
cudaError_t launch_kernel(Kernel& kernel, Stream& stream, const LaunchShape& shape, const LaunchArguments& arguments);

}  // namespace cw
