#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaStreamSynchronize(cudaStream_t handle) {
  return cw::on_stream(handle, [](cw::Stream& stream) { return stream.synchronize(); });
}
