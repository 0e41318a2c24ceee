#include "devices/cpu/grid.hpp"

#include "core/log.hpp"
#include "devices/cpu/services.hpp"

namespace cw::cpu {
namespace {

// Turns of a cluster's blocks before another cluster gets the thread: they wait for each other, and mostly not for long.
constexpr int kTurnsOfCluster = 1024;
constexpr size_t kFewestResidents = 64;

uint64_t volume(const uint32_t size[3]) { return uint64_t{size[0]} * size[1] * size[2]; }

}  // namespace

// What one thread is doing for a grid; readable after a fault has jumped out of it.
struct Grid::Run {
  Grid* grid;
  BlockMemory* memory;
  cw_cpu_block block;
  Owned<Resident> resident;
  const cw_cpu_block* running;
};

Grid::Grid(const CpuKernel& kernel, const LaunchShape& shape, const void* params, unsigned threads)
    : kernel_(kernel), priority_(shape.priority) {
  set_up(shape, params);
  const uint64_t share = total_ / (threads * 16u);
  chunk_ = share < 1 ? 1 : share > 256 ? 256 : share;
  shared_bytes_ = kernel.shared_bytes(shape.dynamic_shared);
  arena_bytes_ = kernel.abi().arena_bytes != nullptr ? kernel.abi().arena_bytes(&launch_) : 0;
  // As many as the device says that it runs at a time: programs build barriers of the whole grid on that.
  most_residents_ = size_t{threads} * static_cast<size_t>(kernel.blocks_at_a_time(volume(launch_.block), shape.dynamic_shared));
  if (most_residents_ < kFewestResidents) most_residents_ = kFewestResidents;
}

void Grid::set_up(const LaunchShape& shape, const void* params) {
  const dim3 cluster = kernel_.cluster(shape);
  clusters_ = cluster.x * cluster.y * cluster.z != 1;
  total_ = uint64_t{shape.grid.x} * shape.grid.y * shape.grid.z;
  meeting_.counts = total_ << 32;
  if (clusters_) total_ /= uint64_t{cluster.x} * cluster.y * cluster.z;
  launch_ = cw_cpu_launch{{shape.grid.x, shape.grid.y, shape.grid.z},
                          {shape.block.x, shape.block.y, shape.block.z},
                          static_cast<uint32_t>(shape.dynamic_shared),
                          shape.cooperative ? 1u : 0u,
                          params,
                          &kServices,
                          shape.cooperative ? &meeting_ : nullptr,
                          {cluster.x, cluster.y, cluster.z},
                          shape.has_clusters() || kernel_.abi().cluster != 0 ? 1u : 0u};
}

// The first block of a unit.
void Grid::index(uint64_t linear, uint32_t ctaid[3]) const {
  const uint64_t columns = launch_.grid[0] / launch_.cluster[0], rows = launch_.grid[1] / launch_.cluster[1];
  ctaid[0] = static_cast<uint32_t>(linear % columns) * launch_.cluster[0];
  ctaid[1] = static_cast<uint32_t>(linear / columns % rows) * launch_.cluster[1];
  ctaid[2] = static_cast<uint32_t>(linear / columns / rows) * launch_.cluster[2];
}

void Grid::work(BlockMemory& memory) {
  Run run{this, &memory, {}, {}, nullptr};
  Fault fault;
  residents_.enter();
  if (!run_guarded(run_all, &run, &fault)) fail(fault, *run.running);
  residents_.leave();
}

void Grid::run_all(void* raw) {
  Run& run = *static_cast<Run*>(raw);
  Grid& grid = *run.grid;
  uint64_t first;
  while ((first = grid.next_.fetch_add(grid.chunk_, std::memory_order_relaxed)) < grid.total_) {
    const uint64_t end = first + grid.chunk_ < grid.total_ ? first + grid.chunk_ : grid.total_;
    if (!grid.run_chunk(run, first, end)) return;
  }
  while (grid.go_on_with_another(run)) {
  }
}

// False when the launch is over.
bool Grid::run_chunk(Run& run, uint64_t first, uint64_t end) {
  cw_cpu_block& block = run.block;
  index(first, block.ctaid);
  for (uint64_t linear = first; linear < end; ++linear) {
    while (!has_room()) {
      if (!go_on_with_another(run)) return false;
    }
    if (!(clusters_ ? begin_cluster(run, linear) : begin(run))) return false;
    if (++block.ctaid[0] < launch_.grid[0]) continue;
    block.ctaid[0] = 0;
    if (++block.ctaid[1] < launch_.grid[1]) continue;
    block.ctaid[1] = 0;
    ++block.ctaid[2];
  }
  return true;
}

bool Grid::begin(Run& run) {
  cw_cpu_block& block = run.block;
  run.memory->reserve(shared_bytes_, arena_bytes_);
  block.shared = run.memory->shared();
  block.arena = run.memory->arena();
  run.running = &block;
  const int32_t status = kernel_.abi().run_block(&launch_, &block);
  finish_child_work();
  if (status == CW_CPU_DONE) {
    residents_.note_progress();
    return true;
  }
  if (status == CW_CPU_DEADLOCK) {
    fail(Fault{cudaErrorLaunchTimeout, 0, nullptr}, block);
    return false;
  }
  residents_.put(Owned<Resident>(new Resident(block, *run.memory)), status == CW_CPU_IDLE ? Step::kIdle : Step::kSuspended);
  return true;
}

bool Grid::begin_cluster(Run& run, uint64_t linear) {
  uint32_t first[3];
  index(linear, first);
  run.resident.reset(new Resident(launch_, first, shared_bytes_, arena_bytes_));
  return go_on(run);
}

bool Grid::go_on(Run& run) {
  Step step;
  int turns = clusters_ ? kTurnsOfCluster : 1;
  do {
    step = run.resident->step(kernel_.abi(), launch_, &run.running);
  } while (step == Step::kSuspended && --turns > 0);
  if (step == Step::kDone) {
    run.resident.reset();
    residents_.note_progress();
    return true;
  }
  if (step == Step::kDeadlock) {
    fail(Fault{cudaErrorLaunchTimeout, 0, nullptr}, *run.running);
    return false;
  }
  residents_.put(static_cast<Owned<Resident>&&>(run.resident), step);
  return true;
}

bool Grid::go_on_with_another(Run& run) {
  const Residents::Taken taken = residents_.take(&run.resident);
  if (taken == Residents::Taken::kOne) return go_on(run);
  if (taken == Residents::Taken::kStuck) fail(Fault{cudaErrorLaunchTimeout, 0, nullptr}, *run.running);
  return false;
}

void Grid::fail(const Fault& fault, const cw_cpu_block& block) {
  next_.store(total_, std::memory_order_relaxed);
  residents_.stop();
  Lock lock(fault_mutex_);
  if (fault_.error != cudaSuccess) return;
  fault_ = fault;
  for (int i = 0; i < 3; ++i) fault_block_[i] = block.ctaid[i];
}

void Grid::fail_by_child(const Fault& fault) {
  next_.store(total_, std::memory_order_relaxed);
  residents_.stop();
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
