// Blocks that have begun and wait for others: at a barrier of their cluster or of the grid, or by looking at memory again and
// again.
#pragma once

#include <crosswarp/cpu_abi.h>

#include <atomic>

#include "core/allocated.hpp"
#include "core/sync.hpp"
#include "core/vector.hpp"
#include "devices/cpu/block_memory.hpp"

namespace cw::cpu {

// What a turn of a resident came to.
enum class Step { kDone, kSuspended, kIdle, kDeadlock };

// One block, or the blocks of one cluster, which run on one thread in turns. Each block has its memory until the last has ended.
class Resident : public Allocated {
 public:
  // A block that was suspended in `memory`, which it takes.
  Resident(const cw_cpu_block& block, BlockMemory& memory);
  // The blocks of the launch's cluster that begins at block `first`.
  Resident(const cw_cpu_launch& launch, const uint32_t first[3], size_t shared_bytes, size_t arena_bytes);
  // Gives each unfinished block a turn. `*running` is the one that runs, for whom a fault interrupts.
  Step step(const cw_cpu_kernel& kernel, const cw_cpu_launch& launch, const cw_cpu_block** running);

 private:
  friend class Residents;
  struct Member : Allocated {
    BlockMemory memory;
    cw_cpu_block block{};
    bool done = false;
  };
  Vector<Owned<Member>> members_;
  Vector<const cw_cpu_block*> by_rank_;
  size_t left_;
  cw_cpu_cluster cluster_{};
  Resident* next_ = nullptr;
};

// The residents of a grid that no thread runs now: first come, first served.
class Residents {
 public:
  enum class Taken { kOne, kNone, kStuck };
  ~Residents();
  size_t waiting() const { return waiting_.load(std::memory_order_relaxed); }
  // A thread begins and ends to run blocks of the grid.
  void enter();
  void leave();
  void put(Owned<Resident> resident, Step last);
  // A block has ended: others may go on now.
  void note_progress();
  // kNone: nobody waits, or it is all over. kStuck: nobody can ever go on. Waits while only blocks that run could change that.
  Taken take(Owned<Resident>* out);
  // The launch has failed.
  void stop();

 private:
  bool everyone_idle() const { return idle_ >= waiting_.load(std::memory_order_relaxed); }

  Mutex mutex_;
  Condition changed_;
  Resident* first_ = nullptr;
  Resident** end_ = &first_;
  std::atomic<size_t> waiting_{0};
  size_t running_ = 0;  // threads that run blocks
  size_t idle_ = 0;     // idle turns since something happened
  size_t alone_ = 0;    // those of them while no other thread ran a block
  bool stopped_ = false;
};

}  // namespace cw::cpu
