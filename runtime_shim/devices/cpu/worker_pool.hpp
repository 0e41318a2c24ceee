// The threads that help streams to run the blocks of their launches.
#pragma once

#include <atomic>

#include "core/sync.hpp"
#include "core/vector.hpp"
#include "devices/cpu/grid.hpp"

namespace cw::cpu {

class WorkerPool {
 public:
  // Runs a grid on the calling thread and on helpers; returns when all its blocks are done. Several threads at once. Helpers go to
  // the grid of the highest priority that has blocks left.
  void run(Grid& grid, BlockMemory& memory);
  // Threads that run blocks of one launch, the caller of run() included: CROSSWARP_CPU_THREADS, or one per processor.
  unsigned threads();

 private:
  static void helper_main(void* raw);
  void help();
  bool join_and_work(BlockMemory& memory);
  void work(Grid& grid, BlockMemory& memory);
  void publish(Grid& grid);
  void retire(Grid& grid);

  Mutex mutex_;
  Condition wake_;
  Condition left_;
  Vector<Grid*> active_;
  std::atomic<uint64_t> published_{0};
  int sleeping_ = 0;
  unsigned threads_ = 0;
  bool started_ = false;
};

}  // namespace cw::cpu
