// Special registers.
#include "thread.h"

namespace crosswarp::cpu {
namespace {

#define CW_INLINED inline __attribute__((always_inline))
CW_INLINED const u32* cluster_size() { return context()->block->launch->cluster; }
struct Quotient {
  const u32* blocks;
  CW_INLINED u32 operator[](int axis) const { return blocks[axis] / cluster_size()[axis]; }
};
struct Remainder {
  const u32* blocks;
  CW_INLINED u32 operator[](int axis) const { return blocks[axis] % cluster_size()[axis]; }
};
CW_INLINED u32 rank_in_cluster() {
  const u32* size = cluster_size();
  const Remainder at{context()->block->ctaid};
  return at[0] + size[0] * (at[1] + size[1] * at[2]);
}
CW_INLINED const u8* shared_of(u32 rank) {
  const cw_cpu_cluster* cluster = context()->block->block->cluster;
  return cluster ? static_cast<const u8*>(cluster->blocks[rank]->shared) : context()->block->shared;
}
CW_INLINED u64 shared_bytes() {
  const Block* block = context()->block;
  return static_cast<u64>(block->dynamic_shared - block->shared) + block->dynamic_shared_bytes;
}

}  // namespace

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
// Without clusters each block is one.
CW_AXES(clusterid, Quotient(context()->block->ctaid))
CW_AXES(nclusterid, Quotient(context()->block->nctaid))
CW_REGISTER(laneid, context()->lane)
CW_REGISTER(warpsize, kWarpSize)
CW_REGISTER(dynamic_smem_size, context()->block->dynamic_shared_bytes)
CW_REGISTER(total_smem_size, static_cast<u32>(shared_bytes()))
CW_REGISTER(aggr_smem_size, static_cast<u32>(shared_bytes()))
CW_LANE_MASK(eq, 1u << context()->lane)
CW_LANE_MASK(lt, (1u << context()->lane) - 1)
CW_LANE_MASK(le, (2u << context()->lane) - 1)
CW_LANE_MASK(gt, ~((2u << context()->lane) - 1))
CW_LANE_MASK(ge, ~((1u << context()->lane) - 1))

#define CW_CLUSTER_AXIS(name, axis, index, expression)                             \
  u32 cluster_##name##_##axis() CW_NVVM("read.ptx.sreg.cluster." #name "." #axis); \
  u32 cluster_##name##_##axis() { return (expression)[index]; }
CW_CLUSTER_AXIS(ctaid, x, 0, Remainder{context()->block->ctaid})
CW_CLUSTER_AXIS(ctaid, y, 1, Remainder{context()->block->ctaid})
CW_CLUSTER_AXIS(ctaid, z, 2, Remainder{context()->block->ctaid})
CW_CLUSTER_AXIS(nctaid, x, 0, cluster_size())
CW_CLUSTER_AXIS(nctaid, y, 1, cluster_size())
CW_CLUSTER_AXIS(nctaid, z, 2, cluster_size())

u32 cluster_ctarank() CW_NVVM("read.ptx.sreg.cluster.ctarank");
u32 cluster_ctarank() { return rank_in_cluster(); }
u32 cluster_nctarank() CW_NVVM("read.ptx.sreg.cluster.nctarank");
u32 cluster_nctarank() { return cluster_size()[0] * cluster_size()[1] * cluster_size()[2]; }
bool is_explicit_cluster() CW_NVVM("is_explicit_cluster");
bool is_explicit_cluster() { return context()->block->launch->explicit_clusters; }

// The place of a shared variable in the memory of another block of the cluster, and the block that has a place.
const void* map_shared(const void* address, u32 rank) CW_NVVM("mapa");
const void* map_shared(const void* address, u32 rank) {
  return shared_of(rank) + (static_cast<const u8*>(address) - context()->block->shared);
}
u32 shared_rank(const void* address) CW_NVVM("getctarank");
u32 shared_rank(const void* address) {
  const u8* place = static_cast<const u8*>(address);
  u32 rank = 0;
  while (rank + 1 < cluster_nctarank() && !(place >= shared_of(rank) && place < shared_of(rank) + shared_bytes())) ++rank;
  return rank;
}

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

bool is_cluster_shared(const void* pointer) CW_NVVM("isspacep.shared.cluster");
bool is_cluster_shared(const void* pointer) {
  const u8* place = static_cast<const u8*>(pointer);
  const u8* base = shared_of(shared_rank(pointer));
  return place >= base && place < base + shared_bytes();
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
