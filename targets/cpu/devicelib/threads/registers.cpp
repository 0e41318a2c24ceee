// Special registers.
#include "thread.h"

namespace crosswarp::cpu {
extern "C" {

#define CW_REGISTER(name, expression)                                                      \
  u32 read_##name() __asm__("__nvvm.read.ptx.sreg." #name) __attribute__((always_inline)); \
  u32 read_##name() { return expression; }
#define CW_AXIS(name, axis, index, expression)                                                                \
  u32 read_##name##_##axis() __asm__("__nvvm.read.ptx.sreg." #name "." #axis) __attribute__((always_inline)); \
  u32 read_##name##_##axis() { return (expression)[index]; }
#define CW_AXES(name, expression) \
  CW_AXIS(name, x, 0, expression) \
  CW_AXIS(name, y, 1, expression) \
  CW_AXIS(name, z, 2, expression)
#define CW_LANE_MASK(name, expression)                                                                       \
  u32 read_lanemask_##name() __asm__("__nvvm.read.ptx.sreg.lanemask." #name) __attribute__((always_inline)); \
  u32 read_lanemask_##name() { return expression; }

CW_AXES(tid, context()->tid)
CW_AXES(ntid, context()->block->ntid)
CW_AXES(ctaid, context()->block->ctaid)
CW_AXES(nctaid, context()->block->nctaid)
CW_REGISTER(laneid, context()->lane)
CW_REGISTER(warpsize, kWarpSize)
CW_REGISTER(dynamic_smem_size, context()->block->dynamic_shared_bytes)
CW_LANE_MASK(eq, 1u << context()->lane)
CW_LANE_MASK(lt, (1u << context()->lane) - 1)
CW_LANE_MASK(le, (2u << context()->lane) - 1)
CW_LANE_MASK(gt, ~((2u << context()->lane) - 1))
CW_LANE_MASK(ge, ~((1u << context()->lane) - 1))

u32 read_warpid() CW_NVVM("read.ptx.sreg.warpid");
u32 read_warpid() {
  const u32 *tid = context()->tid, *ntid = context()->block->ntid;
  return (tid[0] + ntid[0] * (tid[1] + ntid[1] * tid[2])) / kWarpSize;
}

u32 read_nwarpid() CW_NVVM("read.ptx.sreg.nwarpid");
u32 read_nwarpid() {
  const u32* ntid = context()->block->ntid;
  return (ntid[0] * ntid[1] * ntid[2] + kWarpSize - 1) / kWarpSize;
}

// State space of a generic pointer. Private memory is the thread's stack (loop model) or its frame.
bool is_shared(const void* pointer) CW_NVVM("isspacep.shared");
bool is_shared(const void* pointer) {
  const Block* block = context()->block;
  const u8* address = static_cast<const u8*>(pointer);
  return address >= block->shared && address < block->dynamic_shared + block->dynamic_shared_bytes;
}

bool is_local(const void* pointer) CW_NVVM("isspacep.local");
bool is_local(const void* pointer) {
  const Block* block = context()->block;
  const u8* address = static_cast<const u8*>(pointer);
  const bool in_frame = address >= block->frames && address < block->frames_end;
  const bool in_stack = address >= static_cast<const u8*>(__builtin_frame_address(0)) - 65536 && address < block->stack_top;
  return in_frame || in_stack;
}

bool is_global(const void* pointer) CW_NVVM("isspacep.global");
bool is_global(const void* pointer) { return !is_shared(pointer) && !is_local(pointer); }

bool is_const(const void* pointer) CW_NVVM("isspacep.const");
bool is_const(const void*) { return false; }
}
}  // namespace crosswarp::cpu
