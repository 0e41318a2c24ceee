#include "core/clusters.hpp"

#include "core/launch_attributes.hpp"

namespace cw {
namespace {

uint64_t volume(const dim3& d) { return static_cast<uint64_t>(d.x) * d.y * d.z; }

}  // namespace

cudaError_t max_active_clusters(Kernel& kernel, const cudaLaunchConfig_t& config, const cudaDeviceProp& properties, int* out) {
  LaunchAttributes attributes;
  cudaError_t error = read_launch_attributes(config.attrs, config.numAttrs, &attributes);
  if (error == cudaSuccess) error = check_cluster(attributes.cluster, config.gridDim, true);
  if (error != cudaSuccess) return error;
  const uint64_t threads = volume(config.blockDim);
  if (threads == 0 || threads > static_cast<uint64_t>(properties.maxThreadsPerBlock)) return cudaErrorInvalidConfiguration;
  int blocks = 0;
  error = kernel.max_active_blocks(static_cast<int>(threads), config.dynamicSmemBytes, &blocks);
  const uint64_t resident = static_cast<uint64_t>(blocks) * static_cast<uint64_t>(properties.multiProcessorCount);
  *out = static_cast<int>(resident / volume(attributes.cluster));
  return error;
}

}  // namespace cw
