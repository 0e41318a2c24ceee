#include "core/configured_launch.hpp"

#include "api/entry.hpp"
#include "core/launch.hpp"
#include "core/launch_attributes.hpp"

namespace cw {
namespace {

cudaError_t launch(Kernel& kernel, const cudaLaunchConfig_t& config, const LaunchArguments& arguments,
                   const LaunchAttributes& attributes) {
  Stream* stream = find_stream(runtime().device(current_device()), config.stream);
  if (stream == nullptr) return cudaErrorInvalidResourceHandle;
  Event* after = attributes.after != nullptr ? runtime().events().find(attributes.after) : nullptr;
  if (attributes.after != nullptr && after == nullptr) return cudaErrorInvalidResourceHandle;
  LaunchShape shape{config.gridDim, config.blockDim, config.dynamicSmemBytes, attributes.cooperative};
  shape.cluster = attributes.cluster;
  shape.priority = attributes.has_priority ? attributes.priority : stream->priority();
  const cudaError_t error = launch_kernel(kernel, *stream, shape, arguments);
  return error != cudaSuccess || after == nullptr ? error : stream->record(*after);
}

}  // namespace

cudaError_t launch_configured(const void* function, const cudaLaunchConfig_t& config, const LaunchArguments& arguments) {
  LaunchAttributes attributes;
  const cudaError_t error = read_launch_attributes(config.attrs, config.numAttrs, &attributes);
  if (error != cudaSuccess) return record_error(error);
  return on_kernel(function, [&](Kernel& kernel) { return launch(kernel, config, arguments, attributes); });
}

}  // namespace cw
