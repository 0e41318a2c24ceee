// Block and thread facts of the entry points that the CPU target generates.
#include "entry.h"

namespace crosswarp::cpu {
extern "C" {

void begin_block(Block* state, const cw_cpu_launch* launch, const cw_cpu_block* block, u64 static_shared) {
  for (int axis = 0; axis < 3; ++axis) {
    state->ctaid[axis] = block->ctaid[axis];
    state->ntid[axis] = launch->block[axis];
    state->nctaid[axis] = launch->grid[axis];
  }
  state->dynamic_shared_bytes = launch->dynamic_shared;
  state->shared = static_cast<u8*>(block->shared);
  state->dynamic_shared = state->shared + static_shared;
  state->params = static_cast<const u8*>(launch->params);
  state->launch = launch;
  state->block = block;
  state->stack_top = static_cast<const u8*>(__builtin_frame_address(0));
  state->frames = state->frames_end = nullptr;
}

void begin_thread(Thread* thread, Block* state, u32 x, u32 y, u32 z) {
  u32 linear = x + state->ntid[0] * (y + state->ntid[1] * z);
  thread->tid[0] = x;
  thread->tid[1] = y;
  thread->tid[2] = z;
  thread->lane = linear % kWarpSize;
  thread->block = state;
  thread->event = nullptr;
}

u8* shared_memory(const Thread* thread) { return thread->block->shared; }
u8* dynamic_shared_memory(const Thread* thread) { return thread->block->dynamic_shared; }
u8* warp_memory(const Thread* thread) { return warp_of(thread)->memory; }
const u8* parameters(const Thread* thread) { return thread->block->params; }
#if defined(__x86_64__)
u64 flush_denormals() {
  constexpr u32 results = 0x8000, arguments = 0x40;
  u32 mode = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(mode | results | arguments);
  return mode;
}
void restore_denormals(u64 mode) { __builtin_ia32_ldmxcsr(static_cast<u32>(mode)); }
#else
u64 flush_denormals() {
  constexpr u64 both = u64{1} << 24;
  u64 mode;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  asm volatile("msr fpcr, %0" ::"r"(mode | both) : "memory");
  return mode;
}
void restore_denormals(u64 mode) { asm volatile("msr fpcr, %0" ::"r"(mode) : "memory"); }
#endif

void set_event(const Thread* thread, u32 event) { *thread->event = static_cast<u8>(event); }
}
}  // namespace crosswarp::cpu
