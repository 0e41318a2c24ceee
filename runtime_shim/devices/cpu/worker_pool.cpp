#include "devices/cpu/worker_pool.hpp"

namespace cw::cpu {
namespace {

constexpr uint64_t kSpin = 20000;  // ns: longer than the gap between launches in a loop, shorter than anyone notices

}  // namespace

unsigned WorkerPool::threads() {
  Lock lock(mutex_);
  if (threads_ == 0) threads_ = configured_threads("CROSSWARP_CPU_THREADS");
  return threads_;
}

void WorkerPool::run(Grid& grid, BlockMemory& memory) {
  const bool shared = grid.total() > 1 && threads() > 1;
  if (shared) publish(grid);
  work(grid, memory);
  if (shared) retire(grid);
  run_tail_work(*this, grid);
}

void WorkerPool::work(Grid& grid, BlockMemory& memory) {
  const ChildScope scope(*this, grid);
  grid.work(memory);
}

void WorkerPool::publish(Grid& grid) {
  Lock lock(mutex_);
  if (!started_) {
    for (unsigned i = 1; i < threads_; ++i) start_thread(helper_main, this, "cw-worker");
    started_ = true;
  }
  active_.push(&grid);
  published_.fetch_add(1, std::memory_order_release);
  if (sleeping_ > 0) wake_.wake_all();
}

// After this no helper touches the grid.
void WorkerPool::retire(Grid& grid) {
  {
    Lock lock(mutex_);
    active_.erase_value(&grid);
  }
  const auto left = [&] { return grid.helpers.load(std::memory_order_acquire) == 0; };
  if (spin_until(left, kSpin)) return;
  Lock lock(mutex_);
  while (!left()) left_.wait(mutex_);
}

void WorkerPool::helper_main(void* raw) {
  prepare_thread();
  static_cast<WorkerPool*>(raw)->help();
}

void WorkerPool::help() {
  BlockMemory memory;
  for (;;) {
    const uint64_t seen = published_.load(std::memory_order_acquire);
    while (join_and_work(memory)) {
    }
    if (spin_until([&] { return published_.load(std::memory_order_acquire) != seen; }, kSpin)) continue;
    Lock lock(mutex_);
    ++sleeping_;
    while (published_.load(std::memory_order_acquire) == seen) wake_.wait(mutex_);
    --sleeping_;
  }
}

// False when no grid has blocks left.
bool WorkerPool::join_and_work(BlockMemory& memory) {
  Grid* grid = nullptr;
  {
    Lock lock(mutex_);
    for (Grid* candidate : active_) {
      if (!candidate->has_work()) continue;
      if (grid == nullptr || candidate->priority() <= grid->priority()) grid = candidate;
    }
    if (grid == nullptr) return false;
    grid->helpers.fetch_add(1, std::memory_order_relaxed);
  }
  work(*grid, memory);
  // The last touch of the grid: its owner may return as soon as the count is zero.
  if (grid->helpers.fetch_sub(1, std::memory_order_release) == 1) {
    Lock lock(mutex_);
    left_.wake_all();
  }
  return true;
}

}  // namespace cw::cpu
