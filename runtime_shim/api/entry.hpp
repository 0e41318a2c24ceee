// What every API entry is made of.
//
//   CW_ENTRY cudaError_t cudaDeviceSynchronize() {
//     return cw::on_device([](cw::Device& device, int) { return device.synchronize(); });
//   }
#pragma once

#include <cuda_runtime_api.h>

#include "core/runtime.hpp"
#include "core/thread_state.hpp"

#define CW_ENTRY extern "C" [[gnu::visibility("default")]]

namespace cw {

// Runs `body` once the devices are chosen, and remembers its error for cudaGetLastError.
template <typename Body>
cudaError_t on_runtime(Body body) {
  const cudaError_t error = runtime().start();
  runtime().mark_used();
  return record_error(error != cudaSuccess ? error : body());
}

// The same for the thread's current device; an earlier fault of that device is reported instead of running `body`.
template <typename Body>
cudaError_t on_device(Body body) {
  return on_runtime([&] {
    const int ordinal = current_device();
    Device& device = runtime().device(ordinal);
    set_uses_device(true);
    const cudaError_t sticky = device.sticky_error();
    return sticky != cudaSuccess ? sticky : body(device, ordinal);
  });
}

// The stream behind a handle, the special ones included; null for a stale handle.
Stream* find_stream(Device& device, cudaStream_t handle);

// The same for entries that add to a stream: `body(Stream&)`, cudaErrorInvalidResourceHandle for a stale handle.
template <typename Body>
cudaError_t on_stream(cudaStream_t handle, Body body) {
  return on_device([&](Device& device, int) {
    Stream* stream = find_stream(device, handle);
    return stream == nullptr ? cudaErrorInvalidResourceHandle : body(*stream);
  });
}

// `body(Event&)`, cudaErrorInvalidResourceHandle for a stale handle.
template <typename Body>
cudaError_t on_event(cudaEvent_t handle, Body body) {
  return on_device([&](Device&, int) {
    Event* event = runtime().events().find(handle);
    return event == nullptr ? cudaErrorInvalidResourceHandle : body(*event);
  });
}

// `body(Kernel&)` for a kernel given by its host stub.
template <typename Body>
cudaError_t on_kernel(const void* stub, Body body) {
  return on_device([&](Device& device, int ordinal) {
    Kernel* kernel = nullptr;
    const cudaError_t error = runtime().registry().kernel(stub, device, ordinal, &kernel);
    return error != cudaSuccess ? error : body(*kernel);
  });
}

// True for the ordinal of a device that exists. The runtime has started.
inline bool is_device(int ordinal) { return ordinal >= 0 && ordinal < runtime().device_count(); }

}  // namespace cw
