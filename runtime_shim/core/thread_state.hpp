// What belongs to a host thread: its current device, its last error, the launch configuration being built.
#pragma once

#include <driver_types.h>
#include <vector_types.h>

#include <cstddef>

namespace cw {

struct LaunchConfiguration {
  dim3 grid;
  dim3 block;
  size_t shared;
  cudaStream_t stream;
};

// The device the thread chose, or the process's default one.
int current_device();
void set_current_device(int ordinal);
// What threads that chose none use from here on (cudaSetValidDevices).
void set_default_device(int ordinal);

// True once the thread has used its current device by the runtime API; the driver API then takes its primary context as current.
bool uses_device();
void set_uses_device(bool uses);

// While set, stream 0 means the thread's own stream. Returns what it was.
bool set_per_thread_default(bool on);
bool per_thread_default();

// Remembers an error for cudaGetLastError and passes it on.
cudaError_t record_error(cudaError_t error);
cudaError_t peek_last_error();
cudaError_t take_last_error();
void set_last_error(cudaError_t error);

// `f<<<...>>>(...)` pushes; the host stub pops. They nest when an argument is itself a launch. False: too deep, or empty.
bool push_launch(const LaunchConfiguration& configuration);
bool pop_launch(LaunchConfiguration* configuration);

}  // namespace cw
