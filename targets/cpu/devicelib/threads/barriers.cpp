// Block barriers, the grid barrier and the end of a thread.
#include "thread.h"

namespace crosswarp::cpu {
namespace {

inline __attribute__((always_inline)) Barrier& barrier(u32 id) {
  return static_cast<Schedule*>(context()->block)->barrier[id % kBarriers];
}

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

void grid_sync() CW_NAMED("grid.sync");
void grid_sync() { wait_for(kAtGridBarrier); }
u32 grid_arrive() CW_NAMED("grid.arrive");
u32 grid_arrive() { return 0; }
void grid_wait(u32 token) CW_NAMED("grid.wait");
void grid_wait(u32) { grid_sync(); }

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
