#include "devices/cpu/child_work.hpp"

#include <stdlib.h>
#include <string.h>

#include "core/sync.hpp"
#include "devices/cpu/fault.hpp"
#include "devices/cpu/grid.hpp"
#include "devices/cpu/limits.hpp"
#include "devices/cpu/worker_pool.hpp"

namespace cw::cpu {
namespace {

constexpr int kMaxDepth = 24;        // CUDA C++ Programming Guide, dynamic parallelism: nesting depth
constexpr uint64_t kTailLaunch = 3;  // cudaStreamTailLaunch
constexpr uint64_t kMaxGridX = 0x7fffffff;
constexpr uint64_t kMaxGridYZ = 65535;

thread_local ChildScope* current = nullptr;

bool valid_shape(const cw_cpu_kernel& kernel, const ChildWork& work) {
  const uint64_t threads = static_cast<uint64_t>(work.block[0]) * work.block[1] * work.block[2];
  for (int i = 0; i < 3; ++i) {
    if (work.grid[i] == 0 || work.block[i] == 0 || work.grid[i] > (i == 0 ? kMaxGridX : kMaxGridYZ)) return false;
  }
  return work.block[0] <= kMaxThreadsPerBlock && work.block[1] <= kMaxThreadsPerBlock && work.block[2] <= 64 &&
         threads <= kernel.max_threads && uint64_t{kernel.static_shared} + work.dynamic_shared <= kSharedPerBlock;
}

void run_launch(const ChildWork& work, WorkerPool& pool, Grid& parent) {
  const CpuKernel kernel(*work.kernel);
  const LaunchShape shape{dim3(work.grid[0], work.grid[1], work.grid[2]), dim3(work.block[0], work.block[1], work.block[2]),
                          work.dynamic_shared, false};
  Grid grid(kernel, shape, work.parameters, pool.threads());
  grid.depth = parent.depth + 1;
  BlockMemory memory;
  pool.run(grid, memory);
  if (grid.fault().error == cudaSuccess) return;
  grid.report();
  parent.fail_by_child(grid.fault());
}

void run_copy(void* raw) {
  const ChildWork& work = *static_cast<const ChildWork*>(raw);
  for (uint64_t y = 0; y < work.height; ++y) {
    char* to = static_cast<char*>(work.to) + y * work.to_pitch;
    if (work.what == ChildWork::What::kFill) {
      memset(to, work.value, work.width);
    } else {
      memmove(to, static_cast<const char*>(work.from) + y * work.from_pitch, work.width);
    }
  }
}

void run_one(ChildWork& work, WorkerPool& pool, Grid& parent) {
  Fault fault;
  if (work.what == ChildWork::What::kLaunch) {
    run_launch(work, pool, parent);
    free(work.parameters);
  } else if (!run_guarded(run_copy, &work, &fault)) {
    parent.fail_by_child(fault);
  }
}

// One wait of a block for its children, on a thread of its own: device code may be on a small stack.
struct Wait {
  void (*body)(void*);
  void* argument;
  Mutex mutex;
  Condition ended;
  bool done = false;

  static void main(void* raw) {
    auto& wait = *static_cast<Wait*>(raw);
    prepare_thread();
    wait.body(wait.argument);
    release_thread();
    Lock lock(wait.mutex);
    wait.done = true;
    wait.ended.wake_all();
  }
};

}  // namespace

ChildScope::ChildScope(WorkerPool& pool, Grid& grid) : pool_(pool), grid_(grid), outer_(current) { current = this; }

// What a faulty block has left behind is dropped.
ChildScope::~ChildScope() {
  for (Owned<ChildWork>& work : queue_) free(work->parameters);
  current = outer_;
}

void ChildScope::run(Vector<Owned<ChildWork>>& work) {
  for (Owned<ChildWork>& each : work) {
    if (grid_.fault().error == cudaSuccess) {
      run_one(*each, pool_, grid_);
    } else {
      free(each->parameters);
    }
  }
  work.clear();
}

void ChildScope::run_queue(void* scope) {
  auto& self = *static_cast<ChildScope*>(scope);
  self.run(self.queue_);
}

void finish_child_work() {
  if (current != nullptr && !current->queue_.empty()) current->run(current->queue_);
}

void run_tail_work(WorkerPool& pool, Grid& grid) {
  while (!grid.tail.empty()) {  // a tail launch may not add to this grid's tail, but stays safe if that changes
    Vector<Owned<ChildWork>> work;
    work.swap(grid.tail);
    for (Owned<ChildWork>& each : work) {
      if (grid.fault().error == cudaSuccess) {
        run_one(*each, pool, grid);
      } else {
        free(each->parameters);
      }
    }
  }
}

void* ChildServices::parameters(uint64_t align, uint64_t bytes) {
  void* memory = nullptr;
  return posix_memalign(&memory, align > sizeof(void*) ? align : sizeof(void*), bytes != 0 ? bytes : 1) == 0 ? memory : nullptr;
}

int32_t ChildServices::launch(const cw_cpu_kernel* kernel, void* parameters, const uint32_t grid[3], const uint32_t block[3],
                              uint32_t dynamic_shared, uint64_t stream) {
  Owned<ChildWork> work(new ChildWork{});
  work->what = ChildWork::What::kLaunch;
  work->kernel = kernel;
  work->parameters = parameters;
  work->dynamic_shared = dynamic_shared;
  for (int i = 0; i < 3; ++i) {
    work->grid[i] = grid[i];
    work->block[i] = block[i];
  }
  int32_t error = cudaSuccess;
  if (!valid_shape(*kernel, *work)) error = cudaErrorInvalidConfiguration;
  if (current->grid_.depth >= kMaxDepth) error = cudaErrorLaunchMaxDepthExceeded;
  if (error != cudaSuccess) {
    free(parameters);
    return current->last_error_ = error;
  }
  if (stream == kTailLaunch) {
    current->grid_.add_tail(work.release());
  } else {
    current->queue_.push(static_cast<Owned<ChildWork>&&>(work));
  }
  return cudaSuccess;
}

int32_t ChildServices::copy(void* to, const void* from, uint64_t to_pitch, uint64_t from_pitch, uint64_t width, uint64_t height) {
  Owned<ChildWork> work(new ChildWork{});
  work->what = ChildWork::What::kCopy;
  work->to = to;
  work->from = from;
  work->to_pitch = to_pitch;
  work->from_pitch = from_pitch;
  work->width = width;
  work->height = height;
  current->queue_.push(static_cast<Owned<ChildWork>&&>(work));
  return cudaSuccess;
}

int32_t ChildServices::fill(void* to, int32_t value, uint64_t pitch, uint64_t width, uint64_t height) {
  copy(to, nullptr, pitch, 0, width, height);
  current->queue_.back()->what = ChildWork::What::kFill;
  current->queue_.back()->value = value;
  return cudaSuccess;
}

int32_t ChildServices::wait() {
  if (current->queue_.empty()) return cudaSuccess;
  Wait wait{ChildScope::run_queue, current, {}, {}, false};
  if (!start_thread(Wait::main, &wait, "cw-children")) return current->last_error_ = cudaErrorMemoryAllocation;
  Lock lock(wait.mutex);
  while (!wait.done) wait.ended.wait(wait.mutex);
  return cudaSuccess;
}

int32_t ChildServices::error(int32_t clear) {
  const int32_t error = current->last_error_;
  if (clear != 0) current->last_error_ = cudaSuccess;
  return error;
}

}  // namespace cw::cpu
