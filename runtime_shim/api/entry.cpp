#include "api/entry.hpp"

#include "core/capture.hpp"

namespace cw {

namespace {

Stream* find_real(Device& device, cudaStream_t handle) {
  if (handle == nullptr && per_thread_default()) return &device.thread_stream();
  if (handle == nullptr || handle == cudaStreamLegacy) return &device.legacy_stream();
  if (handle == cudaStreamPerThread) return &device.thread_stream();
  return runtime().streams().find(handle);
}

}  // namespace

Stream* find_stream(Device& device, cudaStream_t handle) {
  Stream* real = find_real(device, handle);
  Stream* instead = real != nullptr ? captures().find(*real) : nullptr;
  return instead != nullptr ? instead : real;
}

}  // namespace cw
