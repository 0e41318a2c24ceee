#include "api/entry.hpp"
#include "core/launch.hpp"
#include "core/launch_attributes.hpp"

namespace {

cudaError_t launch(cw::Kernel& kernel, const cudaLaunchConfig_t& config, void** arguments, const cw::LaunchAttributes& attributes) {
  cw::Stream* stream = cw::find_stream(cw::runtime().device(cw::current_device()), config.stream);
  if (stream == nullptr) return cudaErrorInvalidResourceHandle;
  cw::Event* after = attributes.after != nullptr ? cw::runtime().events().find(attributes.after) : nullptr;
  if (attributes.after != nullptr && after == nullptr) return cudaErrorInvalidResourceHandle;
  cw::LaunchShape shape{config.gridDim, config.blockDim, config.dynamicSmemBytes, attributes.cooperative};
  shape.cluster = attributes.cluster;
  shape.priority = attributes.has_priority ? attributes.priority : stream->priority();
  const cudaError_t error = cw::launch_kernel(kernel, *stream, shape, cw::LaunchArguments{arguments, nullptr, 0});
  return error != cudaSuccess || after == nullptr ? error : stream->record(*after);
}

}  // namespace

CW_ENTRY cudaError_t cudaLaunchKernelExC(const cudaLaunchConfig_t* config, const void* function, void** arguments) {
  if (config == nullptr) return cw::record_error(cudaErrorInvalidValue);
  cw::LaunchAttributes attributes;
  const cudaError_t error = cw::read_launch_attributes(config->attrs, config->numAttrs, &attributes);
  if (error != cudaSuccess) return cw::record_error(error);
  return cw::on_kernel(function, [&](cw::Kernel& kernel) { return launch(kernel, *config, arguments, attributes); });
}
