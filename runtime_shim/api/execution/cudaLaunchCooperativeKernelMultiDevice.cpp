#include "api/entry.hpp"

// CUDA 13 dropped it, and no device here synchronises a grid across several devices (cooperativeMultiDeviceLaunch is 0): one device
// is an ordinary cooperative launch.
CW_ENTRY cudaError_t cudaLaunchCooperativeKernelMultiDevice(cudaLaunchParams* launches, unsigned count, unsigned flags) {
  constexpr unsigned known = cudaCooperativeLaunchMultiDeviceNoPreSync | cudaCooperativeLaunchMultiDeviceNoPostSync;
  if (launches == nullptr || count == 0 || (flags & ~known) != 0) return cw::record_error(cudaErrorInvalidValue);
  if (count > 1) return cw::record_error(cudaErrorNotSupported);
  const cudaLaunchParams& one = launches[0];
  if (one.stream == nullptr) return cw::record_error(cudaErrorInvalidResourceHandle);
  return cudaLaunchCooperativeKernel(one.func, one.gridDim, one.blockDim, one.args, one.sharedMem, one.stream);
}
