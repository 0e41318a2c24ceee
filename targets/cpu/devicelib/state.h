// What the scheduler, the operations of a thread and the generated entry points share.
//
// Device code knows its thread by a `Thread *`, the *context*. In the loop model Thread and Block are two local variables that
// LLVM turns into registers; in the coroutine and fiber models they live in the block's arena, and `Block` is the first member
// of `Schedule`.
#ifndef CROSSWARP_TARGETS_CPU_STATE_H
#define CROSSWARP_TARGETS_CPU_STATE_H

#include <crosswarp/cpu_abi.h>
#include <stdint.h>

namespace crosswarp::cpu {

using u8 = uint8_t;
using u16 = uint16_t;
using u32 = uint32_t;
using u64 = uint64_t;

inline constexpr u32 kWarpSize = 32;
inline constexpr u32 kBarriers = 16;

// Facts of the running block that its threads read.
struct Block {
  u32 ctaid[3];
  u32 ntid[3];
  u32 nctaid[3];
  u32 dynamic_shared_bytes;
  u8* shared;
  u8* dynamic_shared;
  const u8* params;
  const cw_cpu_launch* launch;
  const cw_cpu_block* block;
  const u8* stack_top;  // thread stacks of the loop model lie below
  const u8* frames;     // private memory of the coroutine and fiber models
  const u8* frames_end;
};

// One CUDA thread: the context of its device code. Small, because a block's threads and frames should fit in the L1 cache.
struct Thread {
  u32 tid[3];
  u32 lane;
  Block* block;
  u8* event;  // this thread's place in `Warp::event`; null in the loop model
};

// Why a thread gave control back to the scheduler. A thread that waits at barrier `id` says `kAtBarrier + id`.
enum Event : u8 {
  kRunning = 0,
  kAtWarpOperation = 1,
  kAtGridBarrier = 2,
  kAtClusterBarrier = 3,
  kYielded = 4,
  kAtConvergence = 5,
  kExited = 6,
  kAtBarrier = 16,
};

enum Operation : u32 {
  kSyncWarp,
  kShuffleUp,
  kShuffleDown,
  kShuffleXor,
  kShuffleIndex,
  kBallot,
  kAny,
  kAll,
  kUniform,
  kMatchAny,
  kMatchAll,
  kReduceAdd,
  kReduceMin,
  kReduceMax,
  kReduceUnsignedMin,
  kReduceUnsignedMax,
  kReduceAnd,
  kReduceOr,
  kReduceXor,
  kElect,
  kReduceFloatMin,
  kReduceFloatMax,
};
inline constexpr u32 kOperationShift = 16;       // below it: the control word of a shuffle, and
inline constexpr u32 kWantsPredicate = 1 << 15;  // whether the shuffle's second result is asked for

// Lane sets are bit masks. The arrays are what lanes publish before they suspend, and what they read when they run again.
struct alignas(64) Warp {
  u32 live;      // lanes that have not exited
  u32 runnable;  // lanes to resume
  u32 started;   // 0 before the first sweep
  u32 phases;    // lanes that have come to the cluster's barrier in one of its odd phases
  Thread* threads;
  u8* frames;  // of the first lane
  u8 event[kWarpSize];
  u32 operation[kWarpSize];
  u32 mask[kWarpSize];
  u32 value[kWarpSize];
  u32 value_high[kWarpSize];
  u32 argument[kWarpSize];
  u32 result[kWarpSize];
  u32 predicate[kWarpSize];
  u8* memory;  // what its first lane holds for all
};

// The warp of a scheduled thread.
inline Warp* warp_of(const Thread* thread) {
  return reinterpret_cast<Warp*>(thread->event - thread->lane - __builtin_offsetof(Warp, event));
}

struct Barrier {
  u32 arrived;   // threads that wait or have only arrived
  u32 expected;  // 0: every thread that has not exited
  u32 reduces;   // a waiting thread wants the reduction of `Warp::value`
};

enum BarrierReduction : u32 { kNoReduction, kCount, kAnd, kOr };

// What the contents of an arena depend on. A block that finds its own values there need not set up its threads again.
struct ArenaKey {
  u64 magic;
  const void* arena;
  u64 stride;
  u32 ntid[3];
};

// The state of a block whose threads can suspend; at the start of its arena.
struct Schedule : Block {
  ArenaKey key;
  void* (*start)(Thread*, void*);  // the coroutine, or null:
  void (*body)(Thread*);           // what each fiber runs
  void* stack;                     // the scheduler's stack while a fiber runs
  u64 stride;                      // bytes from one thread's frame to the next
  u32 threads;
  u32 warps;
  u32 live;
  u32 at_grid;     // threads that have come to the grid's barrier in this phase
  u32 at_cluster;  // the same of the cluster's barrier
  u32 grid_phase;  // phases that the scheduler has seen
  u32 cluster_phase;
  cw_cpu_meeting own_cluster;  // of a block that is a cluster of its own
  Warp* warp;
  Barrier barrier[kBarriers];
};

}  // namespace crosswarp::cpu
#endif
