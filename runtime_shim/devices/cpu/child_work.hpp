// Work that device code submits: kernels launched by kernels (dynamic parallelism), device-side copies and fills.
//
// A block's work is a queue. It runs, in the order in which the block's threads submitted it, when the block has ended or one of
// them waits (device-side cudaDeviceSynchronize); streams and events that device code makes ask for no more than that order. What
// goes to cudaStreamTailLaunch runs when the whole grid has ended, its other children included.
#pragma once

#include <crosswarp/cpu_abi.h>

#include "core/allocated.hpp"
#include "core/vector.hpp"

namespace cw::cpu {

class Grid;
class WorkerPool;

struct ChildWork : Allocated {
  enum class What { kLaunch, kCopy, kFill };
  What what;
  const cw_cpu_kernel* kernel;
  void* parameters;
  uint32_t grid[3];
  uint32_t block[3];
  uint32_t dynamic_shared;
  void* to;
  const void* from;
  int32_t value;
  uint64_t to_pitch, from_pitch, width, height;
};

// What the calling thread is running; set while it works for a grid.
class ChildScope {
 public:
  ChildScope(WorkerPool& pool, Grid& grid);
  ~ChildScope();
  ChildScope(const ChildScope&) = delete;
  ChildScope& operator=(const ChildScope&) = delete;

 private:
  friend struct ChildServices;
  friend void finish_child_work();
  void run(Vector<Owned<ChildWork>>& work);
  static void run_queue(void* scope);

  WorkerPool& pool_;
  Grid& grid_;
  ChildScope* outer_;
  Vector<Owned<ChildWork>> queue_;
  int32_t last_error_ = 0;
};

// Runs what the block that has just ended on this thread has submitted.
void finish_child_work();
// Runs what was left for the end of the grid. Called by the thread that owns the launch, after all blocks have ended.
void run_tail_work(WorkerPool& pool, Grid& grid);

// The members of cw_cpu_services.
struct ChildServices {
  static void* parameters(uint64_t align, uint64_t bytes);
  static int32_t launch(const cw_cpu_kernel* kernel, void* parameters, const uint32_t grid[3], const uint32_t block[3],
                        uint32_t dynamic_shared, uint64_t stream);
  static int32_t copy(void* to, const void* from, uint64_t to_pitch, uint64_t from_pitch, uint64_t width, uint64_t height);
  static int32_t fill(void* to, int32_t value, uint64_t pitch, uint64_t width, uint64_t height);
  static int32_t wait();
  static int32_t error(int32_t clear);
};

}  // namespace cw::cpu
