#include "api/entry.hpp"
#include "core/launch.hpp"

CW_ENTRY cudaError_t cudaLaunchKernel(const void* function, dim3 grid, dim3 block, void** arguments, size_t shared,
                                      cudaStream_t handle) {
  return cw::on_kernel(function, [&](cw::Kernel& kernel) {
    cw::Stream* stream = cw::find_stream(cw::runtime().device(cw::current_device()), handle);
    if (stream == nullptr) return cudaErrorInvalidResourceHandle;
    const cw::LaunchShape shape{grid, block, shared, false};
    return cw::launch_kernel(kernel, *stream, shape, cw::LaunchArguments{arguments, nullptr, 0});
  });
}
