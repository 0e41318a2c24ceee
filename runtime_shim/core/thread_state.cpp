#include "core/thread_state.hpp"

#include <atomic>

namespace cw {
namespace {

constexpr int kMostNested = 16;

std::atomic<int> default_device{0};
thread_local int device = -1;  // none chosen
thread_local cudaError_t last_error = cudaSuccess;
thread_local bool uses = false;
thread_local bool own_default_stream = false;
thread_local int depth = 0;

// Plain data without constructors, so that no destructor is registered for a thread.
struct Pending {
  unsigned grid[3];
  unsigned block[3];
  size_t shared;
  cudaStream_t stream;
};
thread_local Pending pending[kMostNested];

}  // namespace

int current_device() { return device >= 0 ? device : default_device.load(std::memory_order_relaxed); }
void set_current_device(int ordinal) {
  device = ordinal;
  uses = true;
}

bool uses_device() { return uses; }
void set_uses_device(bool on) { uses = on; }
void set_default_device(int ordinal) { default_device.store(ordinal); }

bool set_per_thread_default(bool on) {
  const bool before = own_default_stream;
  own_default_stream = on;
  return before;
}

bool per_thread_default() { return own_default_stream; }

cudaError_t record_error(cudaError_t error) {
  if (error != cudaSuccess) last_error = error;
  return error;
}

void set_last_error(cudaError_t error) { last_error = error; }

cudaError_t peek_last_error() { return last_error; }

cudaError_t take_last_error() {
  const cudaError_t error = last_error;
  last_error = cudaSuccess;
  return error;
}

bool push_launch(const LaunchConfiguration& c) {
  if (depth == kMostNested) return false;
  pending[depth++] = Pending{{c.grid.x, c.grid.y, c.grid.z}, {c.block.x, c.block.y, c.block.z}, c.shared, c.stream};
  return true;
}

bool pop_launch(LaunchConfiguration* c) {
  if (depth == 0) return false;
  const Pending& p = pending[--depth];
  *c = LaunchConfiguration{dim3(p.grid[0], p.grid[1], p.grid[2]), dim3(p.block[0], p.block[1], p.block[2]), p.shared, p.stream};
  return true;
}

}  // namespace cw
