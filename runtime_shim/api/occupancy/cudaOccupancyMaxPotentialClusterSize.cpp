#include "api/entry.hpp"

// 1 where the device has no clusters, and runs each as one block.
CW_ENTRY cudaError_t cudaOccupancyMaxPotentialClusterSize(int* size, const void* function, const cudaLaunchConfig_t* config) {
  if (size == nullptr || config == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_kernel(function, [&](cw::Kernel& kernel) { return kernel.max_cluster_size(*config, size); });
}
