// Barriers and fences. PTX ISA, "barrier", "bar.warp.sync", "membar"; LLVM's AMDGPU memory model.
//
// S_BARRIER counts waves; a wave that has ended no longer counts, as CUDA asks for threads that have exited. AMD hardware
// has one barrier a block (before gfx12.5): barriers of a number of threads are counted in shared memory.
#include "wave.h"

namespace {

CW_INLINE void sync_block() {
  __builtin_amdgcn_fence(__ATOMIC_RELEASE, "workgroup");
  __builtin_amdgcn_s_barrier();
  __builtin_amdgcn_fence(__ATOMIC_ACQUIRE, "workgroup");
}

CW_SHARED uint32_t reduction_counter [[clang::loader_uninitialized]];

// Number of the block's threads with `predicate`. Three barriers: the first protects the previous call's result, the
// second the zero (any wave may be the last one alive, so each writes it), the third the sum.
CW_INLINE uint32_t count_block(bool predicate) {
  auto* counter = &reduction_counter;
  sync_block();
  __scoped_atomic_store_n(counter, 0u, __ATOMIC_RELAXED, __MEMORY_SCOPE_WRKGRP);
  sync_block();
  uint32_t leader = static_cast<uint32_t>(__builtin_ctzll(cw::wave_ballot(true)));
  uint32_t votes = static_cast<uint32_t>(__builtin_popcountll(cw::wave_ballot(predicate)));
  if (cw::hardware_lane() == leader) {
    __scoped_atomic_fetch_add(counter, votes, __ATOMIC_RELAXED, __MEMORY_SCOPE_WRKGRP);
  }
  sync_block();
  return __scoped_atomic_load_n(counter, __ATOMIC_RELAXED, __MEMORY_SCOPE_WRKGRP);
}

}  // namespace

// Every barrier number names the one barrier: all threads of the block take part in each of these forms.
#define CW_BARRIER(form, variant)                                                                                         \
  CW_DEFINE("__nvvm.barrier.cta.sync." form, void, variant##_sync, (uint32_t)) { sync_block(); }                          \
  CW_DEFINE("__nvvm.barrier.cta.red.popc." form, uint32_t, variant##_popc, (uint32_t, bool p)) { return count_block(p); } \
  CW_DEFINE("__nvvm.barrier.cta.red.and." form, bool, variant##_and, (uint32_t, bool p)) { return count_block(!p) == 0; } \
  CW_DEFINE("__nvvm.barrier.cta.red.or." form, bool, variant##_or, (uint32_t, bool p)) { return count_block(p) != 0; }
CW_BARRIER("aligned.all", barrier_aligned)
CW_BARRIER("all", barrier_any)

#if CW_WAVE_SIZE == 32
namespace {

// Zero when a kernel begins to use them: ir/passes/counted_barriers.py.
struct CountedBarrier {
  uint32_t arrived, phase;
};
constexpr uint32_t kBarriers = 16;
CW_SHARED CountedBarrier counted [[clang::loader_uninitialized]][kBarriers];

CW_INLINE uint32_t phase_of(uint32_t id) {
  return __scoped_atomic_load_n(&counted[id % kBarriers].phase, __ATOMIC_RELAXED, __MEMORY_SCOPE_WRKGRP);
}

// The last of `threads` lets the others go.
CW_INLINE void arrive_at(uint32_t id, uint32_t threads) {
  auto* barrier = &counted[id % kBarriers];
  __builtin_amdgcn_fence(__ATOMIC_ACQ_REL, "workgroup");
  if (__scoped_atomic_fetch_add(&barrier->arrived, 1u, __ATOMIC_ACQ_REL, __MEMORY_SCOPE_WRKGRP) != threads - 1) return;
  __scoped_atomic_store_n(&barrier->arrived, 0u, __ATOMIC_RELAXED, __MEMORY_SCOPE_WRKGRP);
  __scoped_atomic_fetch_add(&barrier->phase, 1u, __ATOMIC_RELEASE, __MEMORY_SCOPE_WRKGRP);
}

CW_INLINE void sync_at(uint32_t id, uint32_t threads) {
  const uint32_t phase = phase_of(id);
  arrive_at(id, threads);
  while (phase_of(id) == phase) __builtin_amdgcn_s_sleep(1);
  __builtin_amdgcn_fence(__ATOMIC_ACQUIRE, "workgroup");
}

}  // namespace

CW_DEFINE("__cw.barrier.prepare", void, barrier_prepare, ()) {
  if (cw::thread_in_block() == 0) {
    for (auto& barrier : counted) barrier.arrived = barrier.phase = 0;
  }
  sync_block();
}
CW_DEFINE("__nvvm.barrier.cta.sync.aligned.count", void, counted_aligned, (uint32_t id, uint32_t threads)) { sync_at(id, threads); }
CW_DEFINE("__nvvm.barrier.cta.sync.count", void, counted_any, (uint32_t id, uint32_t threads)) { sync_at(id, threads); }
CW_DEFINE("__nvvm.barrier.cta.arrive.aligned.count", void, counted_come, (uint32_t id, uint32_t threads)) {
  arrive_at(id, threads);
}
CW_DEFINE("__nvvm.barrier.cta.arrive.count", void, counted_come_any, (uint32_t id, uint32_t threads)) { arrive_at(id, threads); }
#endif

// A wave runs in lock step: its lanes are together already, only memory must be ordered.
CW_DEFINE("__nvvm.bar.warp.sync", void, bar_warp_sync, (uint32_t)) {
  __builtin_amdgcn_fence(__ATOMIC_ACQ_REL, "wavefront");
  __builtin_amdgcn_wave_barrier();
  __builtin_amdgcn_fence(__ATOMIC_ACQ_REL, "wavefront");
}

CW_DEFINE("__nvvm.membar.cta", void, membar_cta, ()) { __builtin_amdgcn_fence(__ATOMIC_SEQ_CST, "workgroup"); }
CW_DEFINE("__nvvm.membar.gl", void, membar_gl, ()) { __builtin_amdgcn_fence(__ATOMIC_SEQ_CST, "agent"); }
CW_DEFINE("__nvvm.membar.sys", void, membar_sys, ()) { __builtin_amdgcn_fence(__ATOMIC_SEQ_CST, ""); }

namespace {

// One barrier a code object, zero at load; only cooperative launches, of which one runs at a time, use it.
CW_GLOBAL uint32_t grid_arrived, grid_phase;

CW_INLINE uint32_t arrive_at_grid() {
  uint32_t blocks = cw::block_count(0) * cw::block_count(1) * cw::block_count(2);
  uint32_t phase = __scoped_atomic_load_n(&grid_phase, __ATOMIC_RELAXED, __MEMORY_SCOPE_DEVICE);
  if (__scoped_atomic_fetch_add(&grid_arrived, 1u, __ATOMIC_ACQ_REL, __MEMORY_SCOPE_DEVICE) == blocks - 1) {
    __scoped_atomic_store_n(&grid_arrived, 0u, __ATOMIC_RELAXED, __MEMORY_SCOPE_DEVICE);
    __scoped_atomic_store_n(&grid_phase, phase + 1, __ATOMIC_RELEASE, __MEMORY_SCOPE_DEVICE);
  }
  return phase;
}

}  // namespace

// The whole grid meets. All blocks must be resident, which a cooperative launch guarantees. Only the block's first thread has
// a token: it waits for the others.
CW_DEFINE("__cw.grid.arrive", uint32_t, grid_arrive, ()) {
  __builtin_amdgcn_fence(__ATOMIC_RELEASE, "agent");
  sync_block();
  return cw::thread_in_block() == 0 ? arrive_at_grid() : 0;
}
CW_DEFINE("__cw.grid.wait", void, grid_wait, (uint32_t token)) {
  if (cw::thread_in_block() == 0) {
    while (__scoped_atomic_load_n(&grid_phase, __ATOMIC_ACQUIRE, __MEMORY_SCOPE_DEVICE) == token) __builtin_amdgcn_s_sleep(2);
  }
  sync_block();
  __builtin_amdgcn_fence(__ATOMIC_ACQUIRE, "agent");
}
CW_DEFINE("__cw.grid.sync", void, grid_sync, ()) { grid_wait(grid_arrive()); }

// A grid without clusters: each block is a cluster of its own.
CW_DEFINE("__nvvm.barrier.cluster.arrive", void, cluster_arrive, ()) {}
CW_DEFINE("__nvvm.barrier.cluster.arrive.relaxed", void, cluster_arrive_relaxed, ()) {}
CW_DEFINE("__nvvm.barrier.cluster.wait", void, cluster_wait, ()) { sync_block(); }
CW_DEFINE("__nvvm.barrier.cluster.arrive.aligned", void, cluster_arrive_aligned, ()) {}
CW_DEFINE("__nvvm.barrier.cluster.arrive.relaxed.aligned", void, cluster_arrive_relaxed_aligned, ()) {}
CW_DEFINE("__nvvm.barrier.cluster.wait.aligned", void, cluster_wait_aligned, ()) { sync_block(); }
CW_DEFINE("__nvvm.mapa", const void*, map_shared, (const void* address, uint32_t)) { return address; }
CW_DEFINE("__nvvm.getctarank", uint32_t, shared_rank, (const void*)) { return 0; }
CW_DEFINE("__nvvm.is_explicit_cluster", bool, is_explicit_cluster, ()) { return false; }
