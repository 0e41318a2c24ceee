#include "api/entry.hpp"
#include "core/launch.hpp"

// Of the launch attributes, cooperative is honoured, hints are ignored, clusters and programmatic ordering are refused.
CW_ENTRY cudaError_t cudaLaunchKernelExC(const cudaLaunchConfig_t* config, const void* function, void** arguments) {
  if (config == nullptr) return cw::record_error(cudaErrorInvalidValue);
  bool cooperative = false;
  for (unsigned i = 0; i < config->numAttrs; ++i) {
    const cudaLaunchAttribute& attribute = config->attrs[i];
    if (attribute.id == cudaLaunchAttributeCooperative) cooperative = attribute.val.cooperative != 0;
    if (attribute.id == cudaLaunchAttributeClusterDimension) {
      const auto& cluster = attribute.val.clusterDim;
      if (cluster.x * cluster.y * cluster.z > 1) return cw::record_error(cudaErrorNotSupported);
    }
  }
  return cw::on_kernel(function, [&](cw::Kernel& kernel) {
    cw::Stream* stream = cw::find_stream(cw::runtime().device(cw::current_device()), config->stream);
    if (stream == nullptr) return cudaErrorInvalidResourceHandle;
    const cw::LaunchShape shape{config->gridDim, config->blockDim, config->dynamicSmemBytes, cooperative};
    return cw::launch_kernel(kernel, *stream, shape, cw::LaunchArguments{arguments, nullptr, 0});
  });
}
