// Functions that generated entry points call; names are the labels of LLVM functions (targets/cpu/passes/).
#ifndef CROSSWARP_TARGETS_CPU_ENTRY_H
#define CROSSWARP_TARGETS_CPU_ENTRY_H

#include "state.h"

#define CW_ENTRY(label) __asm__("__cwcpu." label)
#define CW_INLINE __attribute__((always_inline))

namespace crosswarp::cpu {
extern "C" {

// Fills the block's facts. `static_shared` is the offset of dynamic shared memory.
CW_INLINE void begin_block(Block* state, const cw_cpu_launch* launch, const cw_cpu_block* block, u64 static_shared)
    CW_ENTRY("begin_block");
CW_INLINE void begin_thread(Thread* thread, Block* state, u32 x, u32 y, u32 z) CW_ENTRY("begin_thread");

CW_INLINE u8* shared_memory(const Thread* thread) CW_ENTRY("shared");
CW_INLINE u8* dynamic_shared_memory(const Thread* thread) CW_ENTRY("dynamic_shared");
CW_INLINE const u8* parameters(const Thread* thread) CW_ENTRY("params");
CW_INLINE void set_event(const Thread* thread, u32 event) CW_ENTRY("set_event");

// Puts the processor into the mode in which subnormal numbers are zeros, as arguments and results; returns the mode before.
u64 flush_denormals() CW_ENTRY("flush_denormals");
void restore_denormals(u64 mode) CW_ENTRY("restore_denormals");

CW_INLINE u8* warp_memory(const Thread* thread) CW_ENTRY("warp_memory");

// Bytes of the arena when each thread needs `frame_bytes`, and each warp `warp_bytes`.
u64 arena_bytes(const cw_cpu_launch* launch, u64 frame_bytes, u64 warp_bytes) CW_ENTRY("arena_bytes");
// Runs the block until it ends, waits for other blocks or cannot go on: CW_CPU_DONE and the like.
int32_t run_coroutines(const cw_cpu_launch* launch, cw_cpu_block* block, void* (*start)(Thread*, void*), u64 frame_bytes,
                       u64 static_shared, u64 warp_bytes) CW_ENTRY("run_coroutines");
// The same with a stack for each thread.
u64 fiber_arena_bytes(const cw_cpu_launch* launch, u64 warp_bytes) CW_ENTRY("fiber_arena_bytes");
int32_t run_fibers(const cw_cpu_launch* launch, cw_cpu_block* block, void (*body)(Thread*), u64 static_shared, u64 warp_bytes)
    CW_ENTRY("run_fibers");
}
}  // namespace crosswarp::cpu
#endif
