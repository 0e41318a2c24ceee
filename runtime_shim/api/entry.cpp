#include "api/entry.hpp"

#include "core/capture.hpp"

namespace cw {

Stream* find_stream(Device& device, cudaStream_t handle) {
  if (handle == nullptr && per_thread_default()) return &device.thread_stream();
  if (handle == nullptr || handle == cudaStreamLegacy) return &device.legacy_stream();
  if (handle == cudaStreamPerThread) return &device.thread_stream();
  CapturingStream* capturing = captures().find(handle);
  return capturing != nullptr ? capturing : static_cast<Stream*>(runtime().streams().find(handle));
}

}  // namespace cw
