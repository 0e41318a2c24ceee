#include "devices/cpu/grid.hpp"

#include <stdlib.h>
#include <string.h>

#include "core/log.hpp"
#include "devices/cpu/services.hpp"

namespace cw::cpu {
namespace {

constexpr size_t kAlign = 128;

void* aligned(size_t bytes) {
  void* memory = nullptr;
  if (posix_memalign(&memory, kAlign, bytes) != 0) abort();
  return memory;
}

}  // namespace

BlockMemory::BlockMemory() {
  static std::atomic<unsigned> count{0};
  stagger_ = (count.fetch_add(1) % 16) * kAlign;
}

BlockMemory::~BlockMemory() {
  free(shared_);
  free(arena_);
}

void BlockMemory::reserve(size_t shared_bytes, size_t arena_bytes) {
  if (shared_bytes > shared_size_ || shared_ == nullptr) {
    free(shared_);
    shared_size_ = shared_bytes > 4096 ? shared_bytes : 4096;
    shared_ = aligned(shared_size_);
  }
  if (arena_bytes > arena_size_) {
    free(arena_);
    arena_size_ = arena_bytes;
    arena_ = aligned(arena_size_ + stagger_);
    // Memory that an earlier arena gave back still looks like one: the code would take over its damaged threads.
    memset(arena(), 0, arena_size_ < CW_CPU_ARENA_HEAD ? arena_size_ : CW_CPU_ARENA_HEAD);
  }
}

// What one thread is doing for a grid; readable after a fault has jumped out of it.
struct Grid::Run {
  Grid* grid;
  BlockMemory* memory;
  cw_cpu_block block;
};

Grid::Grid(const CpuKernel& kernel, const LaunchShape& shape, const void* params, unsigned threads)
    : kernel_(kernel), priority_(shape.priority) {
  launch_ = cw_cpu_launch{{shape.grid.x, shape.grid.y, shape.grid.z},
                          {shape.block.x, shape.block.y, shape.block.z},
                          static_cast<uint32_t>(shape.dynamic_shared),
                          shape.cooperative ? 1u : 0u,
                          params,
                          &kServices};
  total_ = static_cast<uint64_t>(shape.grid.x) * shape.grid.y * shape.grid.z;
  const uint64_t share = total_ / (threads * 16u);
  chunk_ = share < 1 ? 1 : share > 256 ? 256 : share;
  shared_bytes_ = kernel.shared_bytes(shape.dynamic_shared);
  arena_bytes_ = kernel.abi().arena_bytes != nullptr ? kernel.abi().arena_bytes(&launch_) : 0;
  // Blocks that wait for one another must all be resumable: one thread steps through them (cooperative()).
  if (shape.cooperative && kernel.abi().uses_grid_sync != 0) chunk_ = total_;
}

void Grid::index(uint64_t linear, uint32_t ctaid[3]) const {
  ctaid[0] = static_cast<uint32_t>(linear % launch_.grid[0]);
  ctaid[1] = static_cast<uint32_t>(linear / launch_.grid[0] % launch_.grid[1]);
  ctaid[2] = static_cast<uint32_t>(linear / launch_.grid[0] / launch_.grid[1]);
}

void Grid::work(BlockMemory& memory) {
  if (chunk_ == total_ && launch_.cooperative != 0) return cooperative(memory);
  memory.reserve(shared_bytes_, arena_bytes_);
  Run run{this, &memory, {}};
  Fault fault;
  if (!run_guarded(run_chunks, &run, &fault)) fail(fault, run.block);
}

void Grid::run_chunks(void* raw) {
  Run& run = *static_cast<Run*>(raw);
  Grid& grid = *run.grid;
  cw_cpu_block& block = run.block;
  block.shared = run.memory->shared();
  block.arena = run.memory->arena();
  uint64_t first;
  while ((first = grid.next_.fetch_add(grid.chunk_, std::memory_order_relaxed)) < grid.total_) {
    const uint64_t end = first + grid.chunk_ < grid.total_ ? first + grid.chunk_ : grid.total_;
    grid.index(first, block.ctaid);
    for (uint64_t linear = first; linear < end; ++linear) {
      if (!grid.step(block)) return;
      if (++block.ctaid[0] < grid.launch_.grid[0]) continue;
      block.ctaid[0] = 0;
      if (++block.ctaid[1] < grid.launch_.grid[1]) continue;
      block.ctaid[1] = 0;
      ++block.ctaid[2];
    }
  }
}

// One call of run_block on a block that must end in it. False when the launch is over.
bool Grid::step(cw_cpu_block& block) {
  const int32_t status = kernel_.abi().run_block(&launch_, &block);
  if (status == CW_CPU_DONE) {
    finish_child_work();
    return true;
  }
  if (status == CW_CPU_DEADLOCK) {
    fail(Fault{cudaErrorLaunchTimeout, 0, nullptr}, block);
  } else {
    fail(Fault{cudaErrorLaunchFailure, 0, nullptr}, block);
  }
  return false;
}

// A block of a cooperative launch with its own memory, which must survive its suspensions.
struct Grid::Saved : Allocated {
  BlockMemory memory;
  cw_cpu_block block{};
  bool done = false;
};

namespace {

struct Rounds {
  Grid* grid;
  void* blocks;
  cw_cpu_block* current;
};

}  // namespace

void Grid::cooperative(BlockMemory&) {
  if (next_.exchange(total_) != 0) return;  // another thread has it
  Vector<Owned<Saved>> blocks;
  for (uint64_t i = 0; i < total_; ++i) {
    Saved& saved = *blocks.push(Owned<Saved>(new Saved));
    saved.memory.reserve(shared_bytes_, arena_bytes_);
    index(i, saved.block.ctaid);
    saved.block.shared = saved.memory.shared();
    saved.block.arena = saved.memory.arena();
  }
  Rounds rounds{this, &blocks, &blocks[0]->block};
  Fault fault;
  if (!run_guarded(run_rounds, &rounds, &fault)) fail(fault, *rounds.current);
}

// Every block runs up to the next grid barrier before any passes it.
void Grid::run_rounds(void* raw) {
  auto& rounds = *static_cast<Rounds*>(raw);
  Grid& grid = *rounds.grid;
  auto& blocks = *static_cast<Vector<Owned<Saved>>*>(rounds.blocks);
  for (uint64_t left = grid.total_; left > 0;) {
    for (Owned<Saved>& saved : blocks) {
      if (saved->done) continue;
      rounds.current = &saved->block;
      const int32_t status = grid.kernel_.abi().run_block(&grid.launch_, &saved->block);
      saved->block.resumed = 1;
      if (status == CW_CPU_SUSPENDED) continue;
      if (status != CW_CPU_DONE) return grid.fail(Fault{cudaErrorLaunchTimeout, 0, nullptr}, saved->block);
      saved->done = true;
      finish_child_work();
      --left;
    }
  }
}

void Grid::fail(const Fault& fault, const cw_cpu_block& block) {
  next_.store(total_, std::memory_order_relaxed);
  Lock lock(fault_mutex_);
  if (fault_.error != cudaSuccess) return;
  fault_ = fault;
  for (int i = 0; i < 3; ++i) fault_block_[i] = block.ctaid[i];
}

void Grid::fail_by_child(const Fault& fault) {
  next_.store(total_, std::memory_order_relaxed);
  Lock lock(fault_mutex_);
  if (fault_.error != cudaSuccess) return;
  fault_ = fault;
  reported_ = true;
}

void Grid::add_tail(ChildWork* work) {
  Lock lock(fault_mutex_);
  tail.push(Owned<ChildWork>(work));
}

void Grid::report() const {
  if (reported_) return;
  const char* name = kernel_.abi().name;
  const uint32_t* b = fault_block_;
  switch (fault_.error) {
    case cudaErrorIllegalAddress:
      return say("kernel %s, block (%u,%u,%u): illegal address %p", name, b[0], b[1], b[2], fault_.address);
    case cudaErrorLaunchTimeout:
      return say("kernel %s, block (%u,%u,%u): deadlock, threads wait at different barriers", name, b[0], b[1], b[2]);
    case cudaErrorAssert:
      return;  // the assertion has its own message
    default:
      return say("kernel %s, block (%u,%u,%u): %s", name, b[0], b[1], b[2], fault_.signal != 0 ? "illegal operation" : "trap");
  }
}

}  // namespace cw::cpu
