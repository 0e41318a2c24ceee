#include "api/entry.hpp"

namespace cw {

Stream* find_stream(Device& device, cudaStream_t handle) {
  if (handle == nullptr && per_thread_default()) return &device.thread_stream();
  if (handle == nullptr || handle == cudaStreamLegacy) return &device.legacy_stream();
  if (handle == cudaStreamPerThread) return &device.thread_stream();
  return runtime().streams().find(handle);
}

}  // namespace cw
