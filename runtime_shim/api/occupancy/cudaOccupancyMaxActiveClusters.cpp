#include "api/entry.hpp"
#include "core/clusters.hpp"

CW_ENTRY cudaError_t cudaOccupancyMaxActiveClusters(int* clusters, const void* function, const cudaLaunchConfig_t* config) {
  if (clusters == nullptr || config == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_kernel(function, [&](cw::Kernel& kernel) {
    const cudaDeviceProp* properties = nullptr;
    const cudaError_t error = cw::runtime().properties(cw::current_device(), &properties);
    return error != cudaSuccess ? error : cw::max_active_clusters(kernel, *config, *properties, clusters);
  });
}
