// Barriers of the block, the cluster and the grid, and the end of a thread.
#include "../meeting.h"
#include "../services.h"
#include "thread.h"

namespace crosswarp::cpu {
namespace {

inline __attribute__((always_inline)) Schedule* schedule() { return static_cast<Schedule*>(context()->block); }

inline __attribute__((always_inline)) Barrier& barrier(u32 id) { return schedule()->barrier[id % kBarriers]; }

inline __attribute__((always_inline)) void wait_at(u32 id) { wait_for(static_cast<u8>(kAtBarrier + id % kBarriers)); }

inline __attribute__((always_inline)) u32 reduce_at(u32 id, bool value, BarrierReduction reduction) {
  barrier(id).reduces = 1;
  warp_of(context())->value[context()->lane] = value;
  warp_of(context())->argument[context()->lane] = reduction;
  wait_at(id);
  return warp_of(context())->result[context()->lane];
}

}  // namespace

extern "C" {

#define CW_BARRIER(form)                                                                                                  \
  void barrier_all_##form(u32 id) CW_NVVM("barrier.cta.sync." CW_FORM_##form "all");                                      \
  void barrier_all_##form(u32 id) { wait_at(id); }                                                                        \
  void barrier_count_##form(u32 id, u32 threads) CW_NVVM("barrier.cta.sync." CW_FORM_##form "count");                     \
  void barrier_count_##form(u32 id, u32 threads) {                                                                        \
    barrier(id).expected = threads;                                                                                       \
    wait_at(id);                                                                                                          \
  }                                                                                                                       \
  void barrier_arrive_##form(u32 id, u32 threads) CW_NVVM("barrier.cta.arrive." CW_FORM_##form "count");                  \
  void barrier_arrive_##form(u32 id, u32 threads) {                                                                       \
    barrier(id).expected = threads;                                                                                       \
    barrier(id).arrived += 1;                                                                                             \
  }                                                                                                                       \
  u32 barrier_popc_##form(u32 id, bool value) CW_NVVM("barrier.cta.red.popc." CW_FORM_##form "all");                      \
  u32 barrier_popc_##form(u32 id, bool value) { return reduce_at(id, value, kCount); }                                    \
  bool barrier_and_##form(u32 id, bool value) CW_NVVM("barrier.cta.red.and." CW_FORM_##form "all");                       \
  bool barrier_and_##form(u32 id, bool value) { return reduce_at(id, value, kAnd); }                                      \
  bool barrier_or_##form(u32 id, bool value) CW_NVVM("barrier.cta.red.or." CW_FORM_##form "all");                         \
  bool barrier_or_##form(u32 id, bool value) { return reduce_at(id, value, kOr); }                                        \
  u32 barrier_popc_count_##form(u32 id, u32 threads, bool value) CW_NVVM("barrier.cta.red.popc." CW_FORM_##form "count"); \
  u32 barrier_popc_count_##form(u32 id, u32 threads, bool value) {                                                        \
    barrier(id).expected = threads;                                                                                       \
    return reduce_at(id, value, kCount);                                                                                  \
  }                                                                                                                       \
  bool barrier_and_count_##form(u32 id, u32 threads, bool value) CW_NVVM("barrier.cta.red.and." CW_FORM_##form "count");  \
  bool barrier_and_count_##form(u32 id, u32 threads, bool value) {                                                        \
    barrier(id).expected = threads;                                                                                       \
    return reduce_at(id, value, kAnd);                                                                                    \
  }                                                                                                                       \
  bool barrier_or_count_##form(u32 id, u32 threads, bool value) CW_NVVM("barrier.cta.red.or." CW_FORM_##form "count");    \
  bool barrier_or_count_##form(u32 id, u32 threads, bool value) {                                                         \
    barrier(id).expected = threads;                                                                                       \
    return reduce_at(id, value, kOr);                                                                                     \
  }
#define CW_FORM_aligned "aligned."
#define CW_FORM_any ""
CW_BARRIER(aligned)
CW_BARRIER(any)

// The grid's barrier. The scheduler tells the others when the last thread of the block has come.
u32 grid_arrive() CW_NAMED("grid.arrive");
u32 grid_arrive() {
  const cw_cpu_launch* launch = context()->block->launch;
  if (!launch->meeting) service_trap(launch, context()->block->block);  // not a cooperative launch
  schedule()->at_grid += 1;
  return service_phase(launch->meeting);
}
void grid_wait(u32 token) CW_NAMED("grid.wait");
void grid_wait(u32 token) {
  while (service_phase(context()->block->launch->meeting) == token) wait_for(kAtGridBarrier);
}
void grid_sync() CW_NAMED("grid.sync");
void grid_sync() { grid_wait(grid_arrive()); }

// The cluster's barrier: a thread that has arrived waits for the end of that phase. A block that is a cluster of its own has one
// too.
void cluster_arrive() CW_NVVM("barrier.cluster.arrive");
void cluster_arrive() {
  Warp* warp = warp_of(context());
  const u32 lane = 1u << context()->lane;
  schedule()->at_cluster += 1;
  warp->phases = service_phase(cluster_meeting(schedule())) & 1 ? warp->phases | lane : warp->phases & ~lane;
}
void cluster_wait() CW_NVVM("barrier.cluster.wait");
void cluster_wait() {
  while ((service_phase(cluster_meeting(schedule())) & 1) == (warp_of(context())->phases >> context()->lane & 1)) {
    wait_for(kAtClusterBarrier);
  }
}
void cluster_arrive_relaxed() CW_NVVM("barrier.cluster.arrive.relaxed");
void cluster_arrive_relaxed() { cluster_arrive(); }
void cluster_arrive_aligned() CW_NVVM("barrier.cluster.arrive.aligned");
void cluster_arrive_aligned() { cluster_arrive(); }
void cluster_arrive_relaxed_aligned() CW_NVVM("barrier.cluster.arrive.relaxed.aligned");
void cluster_arrive_relaxed_aligned() { cluster_arrive(); }
void cluster_wait_aligned() CW_NVVM("barrier.cluster.wait.aligned");
void cluster_wait_aligned() { cluster_wait(); }

void exit_thread() CW_NVVM("exit");
void exit_thread() {
  wait_for(kExited);
  __builtin_unreachable();
}

// A sleeping thread lets the others run.
void nanosleep(u32 nanoseconds) CW_NVVM("nanosleep");
void nanosleep(u32) { wait_for(kYielded); }

// Called in loops that wait for another thread; inserted by the passes.
void yield() __asm__("__cwcpu.yield") __attribute__((always_inline));
void yield() { wait_for(kYielded); }
}
}  // namespace crosswarp::cpu
