// Clusters of blocks, for occupancy and launches. A device without them runs each cluster as one block (docs/runtime.md).
#pragma once

#include <driver_types.h>

#include "devices/device.hpp"

namespace cw {

// How many clusters of the configuration are resident at once. cudaErrorInvalidClusterSize, cudaErrorInvalidValue.
cudaError_t max_active_clusters(Kernel& kernel, const cudaLaunchConfig_t& config, const cudaDeviceProp& properties, int* out);

}  // namespace cw
