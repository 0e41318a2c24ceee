// The attributes of a launch (cudaLaunchKernelExC). docs/runtime.md says what each does on each device.
#pragma once

#include <driver_types.h>

#include "devices/device.hpp"

namespace cw {

struct LaunchAttributes {
  bool cooperative = false;
  dim3 cluster = {1, 1, 1};
  bool has_priority = false;
  int priority = 0;
  cudaEvent_t after = nullptr;  // recorded when the launch is complete
};

// cudaErrorInvalidValue for a value that the attribute cannot have.
cudaError_t check_launch_attribute(cudaLaunchAttributeID id, const cudaLaunchAttributeValue& value);
// cudaErrorInvalidValue for an attribute or value that CUDA does not have, cudaErrorNotSupported for one that only graphs have.
cudaError_t read_launch_attributes(const cudaLaunchAttribute* list, unsigned count, LaunchAttributes* out);
// A priority as the device has them.
int clamp_priority(const Device& device, int priority);
// cudaErrorInvalidClusterSize for clusters that are too large, or that do not divide the grid.
cudaError_t check_cluster(const dim3& cluster, const dim3& grid, bool non_portable);

}  // namespace cw
