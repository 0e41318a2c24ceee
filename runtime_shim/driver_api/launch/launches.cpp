// Launches of kernels and host functions.
#include "driver_api/launch/arguments.hpp"

using namespace cw::driver;

namespace {

cudaLaunchConfig_t configuration(const dim3& grid, const dim3& block, unsigned shared, CUstream stream) {
  return cudaLaunchConfig_t{grid, block, shared, stream, nullptr, 0};
}

CUresult launch_cooperative(CUfunction function, cudaLaunchConfig_t config, void** parameters) {
  cudaLaunchAttribute cooperative{};
  cooperative.id = cudaLaunchAttributeCooperative;
  cooperative.val.cooperative = 1;
  config.attrs = &cooperative;
  config.numAttrs = 1;
  return launch(function, config, parameters, nullptr);
}

}  // namespace

CUresult cuLaunchKernel(CUfunction function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y,
                        unsigned block_z, unsigned shared, CUstream stream, void** parameters, void** extra) {
  const dim3 grid(grid_x, grid_y, grid_z);
  return launch(function, configuration(grid, dim3(block_x, block_y, block_z), shared, stream), parameters, extra);
}

CUresult cuLaunchKernelEx(const CUlaunchConfig* from, CUfunction function, void** parameters, void** extra) {
  if (from == nullptr) return CUDA_ERROR_INVALID_VALUE;
  const dim3 grid(from->gridDimX, from->gridDimY, from->gridDimZ);
  const dim3 block(from->blockDimX, from->blockDimY, from->blockDimZ);
  cudaLaunchConfig_t config = configuration(grid, block, from->sharedMemBytes, from->hStream);
  config.attrs = same_layout<cudaLaunchAttribute>(from->attrs);
  config.numAttrs = from->numAttrs;
  return launch(function, config, parameters, extra);
}

CUresult cuLaunchCooperativeKernel(CUfunction function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
                                   unsigned block_y, unsigned block_z, unsigned shared, CUstream stream, void** parameters) {
  const dim3 grid(grid_x, grid_y, grid_z);
  return launch_cooperative(function, configuration(grid, dim3(block_x, block_y, block_z), shared, stream), parameters);
}

// One launch per device; barriers between the grids of several devices are cudaErrorNotSupported.
CUresult cuLaunchCooperativeKernelMultiDevice(CUDA_LAUNCH_PARAMS* list, unsigned count, unsigned) {
  if (list == nullptr || count == 0) return CUDA_ERROR_INVALID_VALUE;
  if (count > 1) return CUDA_ERROR_NOT_SUPPORTED;
  const dim3 grid(list->gridDimX, list->gridDimY, list->gridDimZ);
  const dim3 block(list->blockDimX, list->blockDimY, list->blockDimZ);
  return launch_cooperative(list->function, configuration(grid, block, list->sharedMemBytes, list->hStream), list->kernelParams);
}

CUresult cuLaunchHostFunc(CUstream stream, CUhostFn function, void* data) {
  return in_context([&] { return cudaLaunchHostFunc(stream, function, data); });
}
