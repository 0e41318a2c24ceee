// One launch in execution: its blocks are taken by the stream's own thread and by the pool's helpers until none is left.
#pragma once

#include <crosswarp/cpu_abi.h>

#include <atomic>

#include "core/sync.hpp"
#include "devices/cpu/child_work.hpp"
#include "devices/cpu/fault.hpp"
#include "devices/cpu/module.hpp"

namespace cw::cpu {

// Shared memory and arena of the block that a thread runs, kept from block to block and launch to launch.
class BlockMemory {
 public:
  BlockMemory();
  ~BlockMemory();
  BlockMemory(const BlockMemory&) = delete;
  BlockMemory& operator=(const BlockMemory&) = delete;
  void reserve(size_t shared_bytes, size_t arena_bytes);
  void* shared() const { return shared_; }
  void* arena() const { return arena_ != nullptr ? static_cast<char*>(arena_) + stagger_ : nullptr; }

 private:
  void* shared_ = nullptr;
  void* arena_ = nullptr;
  size_t shared_size_ = 0;
  size_t arena_size_ = 0;
  size_t stagger_;  // threads start at different cache lines, or their blocks' frames compete for the same cache sets
};

class Grid {
 public:
  Grid(const CpuKernel& kernel, const LaunchShape& shape, const void* params, unsigned threads);
  Grid(const Grid&) = delete;
  Grid& operator=(const Grid&) = delete;

  // Runs blocks until none is left or one has faulted. Several threads at once.
  void work(BlockMemory& memory);
  bool has_work() const { return next_.load(std::memory_order_relaxed) < total_; }
  uint64_t total() const { return total_; }
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
  struct Saved;
  static void run_chunks(void* raw);
  bool step(cw_cpu_block& block);
  void cooperative(BlockMemory& memory);
  static void run_rounds(void* raw);
  void index(uint64_t linear, uint32_t ctaid[3]) const;
  void fail(const Fault& fault, const cw_cpu_block& block);

  const CpuKernel& kernel_;
  cw_cpu_launch launch_;
  int priority_;
  uint64_t total_;
  uint64_t chunk_;
  size_t shared_bytes_;
  size_t arena_bytes_;
  std::atomic<uint64_t> next_{0};
  Mutex fault_mutex_;
  Fault fault_;
  uint32_t fault_block_[3] = {};
  bool reported_ = false;
};

}  // namespace cw::cpu
