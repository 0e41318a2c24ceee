#include "core/launch.hpp"

#include "core/launch_attributes.hpp"
#include "core/log.hpp"
#include "core/runtime.hpp"
#include "core/thread_state.hpp"

namespace cw {
namespace {

uint64_t volume(const dim3& d) { return static_cast<uint64_t>(d.x) * d.y * d.z; }

bool fits(const dim3& d, const int most[3]) {
  const unsigned size[3] = {d.x, d.y, d.z};
  for (int i = 0; i < 3; ++i) {
    if (size[i] == 0 || size[i] > static_cast<unsigned>(most[i])) return false;
  }
  return true;
}

}  // namespace

cudaError_t check_launch(Kernel& kernel, const LaunchShape& shape, const cudaDeviceProp& properties) {
  if (!fits(shape.grid, properties.maxGridSize) || !fits(shape.block, properties.maxThreadsDim))
    return cudaErrorInvalidConfiguration;
  if (volume(shape.block) > static_cast<uint64_t>(properties.maxThreadsPerBlock)) return cudaErrorInvalidConfiguration;
  cudaFuncAttributes attributes;
  const cudaError_t error = kernel.attributes(&attributes);
  if (error != cudaSuccess) return error;
  if (volume(shape.block) > static_cast<uint64_t>(attributes.maxThreadsPerBlock)) return cudaErrorLaunchOutOfResources;
  if (shape.dynamic_shared > static_cast<size_t>(attributes.maxDynamicSharedSizeBytes)) return cudaErrorInvalidValue;
  const dim3 cluster = kernel.cluster(shape);
  if (volume(cluster) != 1) {
    const cudaError_t fits = check_cluster(cluster, shape.grid, attributes.nonPortableClusterSizeAllowed != 0);
    if (fits != cudaSuccess) return fits;
  }
  if (!shape.cooperative) return cudaSuccess;
  uint64_t most = 0;
  const cudaError_t occupancy = kernel.most_cooperative_blocks(shape, properties, &most);
  if (occupancy != cudaSuccess) return occupancy;
  return volume(shape.grid) > most ? cudaErrorCooperativeLaunchTooLarge : cudaSuccess;
}

cudaError_t launch_kernel(Kernel& kernel, Stream& stream, const LaunchShape& shape, const LaunchArguments& arguments) {
  // A kernel is of the current device: streams of others cannot run it.
  if (&stream.device() != &runtime().device(current_device())) return cudaErrorInvalidResourceHandle;
  const cudaDeviceProp* properties = nullptr;
  const cudaError_t known = runtime().properties(runtime().ordinal_of(stream.device()), &properties);
  if (known != cudaSuccess) return known;
  const cudaError_t error = check_launch(kernel, shape, *properties);
  if (error != cudaSuccess) return error;
  if (shape.has_clusters() && !stream.device().has_clusters()) {
    say_once("launches with thread block clusters are not supported on this device");
    return cudaErrorInvalidClusterSize;
  }
  const cudaError_t bound = runtime().texture_references().refresh(stream.device(), runtime().ordinal_of(stream.device()));
  return bound != cudaSuccess ? bound : stream.launch(kernel, shape, arguments);
}

}  // namespace cw
