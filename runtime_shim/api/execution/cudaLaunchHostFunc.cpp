#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaLaunchHostFunc(cudaStream_t handle, cudaHostFn_t function, void* data) {
  return cw::on_stream(
      handle, [&](cw::Stream& stream) { return function == nullptr ? cudaErrorInvalidValue : stream.call(function, data); });
}
