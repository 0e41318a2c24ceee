// One launch in execution: its blocks are taken by the stream's own thread and by the pool's helpers until none is left.
//
// A block mostly ends in the turn it begins in. One that waits for other blocks becomes a resident: it keeps its memory, and
// threads give the residents turns once there are no new blocks, or no room for more residents. In a cooperative launch there is
// always room, since every block must have begun before the first can pass the grid's barrier.
#pragma once

#include <crosswarp/cpu_abi.h>

#include <atomic>

#include "core/sync.hpp"
#include "devices/cpu/block_memory.hpp"
#include "devices/cpu/child_work.hpp"
#include "devices/cpu/fault.hpp"
#include "devices/cpu/module.hpp"
#include "devices/cpu/residents.hpp"

namespace cw::cpu {

class Grid {
 public:
  Grid(const CpuKernel& kernel, const LaunchShape& shape, const void* params, unsigned threads);
  Grid(const Grid&) = delete;
  Grid& operator=(const Grid&) = delete;

  // Runs blocks until none is left or one has faulted. Several threads at once.
  void work(BlockMemory& memory);
  bool has_work() const { return next_.load(std::memory_order_relaxed) < total_ || residents_.waiting() > 0; }
  uint64_t total() const { return total_; }   // blocks, or clusters
  int priority() const { return priority_; }  // lower numbers first
  // What went wrong first; cudaSuccess when nothing did. Valid after every worker has left.
  const Fault& fault() const { return fault_; }
  void report() const;
  // A kernel that this one launched has faulted, and has reported it.
  void fail_by_child(const Fault& fault);
  void add_tail(ChildWork* work);

  std::atomic<int> helpers{0};    // inside work(), counted by the pool
  int depth = 0;                  // launches between the host and this grid
  Vector<Owned<ChildWork>> tail;  // what runs when all blocks have ended

 private:
  struct Run;
  static void run_all(void* raw);
  void set_up(const LaunchShape& shape, const void* params);
  bool run_chunk(Run& run, uint64_t first, uint64_t end);
  bool begin(Run& run);
  bool begin_cluster(Run& run, uint64_t linear);
  bool go_on(Run& run);
  bool go_on_with_another(Run& run);
  bool has_room() const { return launch_.cooperative != 0 || residents_.waiting() < most_residents_; }
  void index(uint64_t linear, uint32_t ctaid[3]) const;
  void fail(const Fault& fault, const cw_cpu_block& block);

  const CpuKernel& kernel_;
  cw_cpu_launch launch_;
  int priority_;
  uint64_t total_;
  uint64_t chunk_;
  bool clusters_;
  cw_cpu_meeting meeting_{};
  size_t most_residents_;
  Residents residents_;
  size_t shared_bytes_;
  size_t arena_bytes_;
  std::atomic<uint64_t> next_{0};
  Mutex fault_mutex_;
  Fault fault_;
  uint32_t fault_block_[3] = {};
  bool reported_ = false;
};

}  // namespace cw::cpu
