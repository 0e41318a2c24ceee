// emit: gfx90a W64
// emit: gfx1100 W32
// A warp is 32 lanes: on wave64 every lane operation stays in the own half, which bit 5 of the hardware's lane number names.
#include "../../inputs/device.h"

extern "C" __global__ void butterfly(int* p) { p[threadIdx_x] = __nvvm_shfl_sync_bfly_i32(~0, p[threadIdx_x], 16, 31); }
// A constant distance needs no address in LDS.
// W64-LABEL: butterfly:
// W64-NOT: ds_bpermute
// W64: ds_swizzle_b32 v{{[0-9]+}}, v{{[0-9]+}} offset:swizzle(SWAP,16)
// W32-LABEL: butterfly:
// W32-NOT: ds_bpermute
// W32: v_permlanex16_b32

extern "C" __global__ void any_butterfly(int* p, int mask) {
  p[threadIdx_x] = __nvvm_shfl_sync_bfly_i32(~0, p[threadIdx_x], mask, 31);
}
// The address is four times the lane. On wave64 bits 7:2 of it are the hardware lane.
// W64-LABEL: any_butterfly:
// W64: v_mbcnt_hi_u32_b32
// W64: v_xor_b32
// W64: ds_bpermute_b32
// W32-LABEL: any_butterfly:
// W32-NOT: v_mbcnt_hi
// W32: v_xor_b32
// W32: ds_bpermute_b32

extern "C" __global__ void up(int* p) { p[threadIdx_x] = __nvvm_shfl_sync_up_i32(~0, p[threadIdx_x], 3, 0x1000); }
// Width 16: lanes below the segment's start keep their own value; the half's bit is put back.
// W64-LABEL: up:
// W64: v_and_b32_e32 [[LANE:v[0-9]+]], 31
// W64: v_add_u32_e32 [[FROM:v[0-9]+]], -3, [[LANE]]
// W64: v_and_b32_e32 [[FIRST:v[0-9]+]], 16
// W64: v_cmp_lt_i32_e32 vcc, [[FROM]], [[FIRST]]
// W64: v_cndmask_b32_e32 [[SOURCE:v[0-9]+]], [[FROM]], [[LANE]], vcc
// W64: v_and_or_b32 v{{[0-9]+}}, v{{[0-9]+}}, 32, [[SOURCE]]
// W64: ds_bpermute_b32
// W32-LABEL: up:
// W32: ds_bpermute_b32

extern "C" __global__ void ballot(unsigned* p) { p[threadIdx_x] = __nvvm_vote_ballot_sync(~0, p[threadIdx_x] > 7); }
// W64-LABEL: ballot:
// W64: v_and_b32_e32 [[HALF:v[0-9]+]], 32
// W64: v_lshrrev_b64 v[{{[0-9]+:[0-9]+}}], [[HALF]], vcc
// W32-LABEL: ballot:
// W32: v_cmp_lt_u32
// W32-NOT: v_lshrrev
// W32: s_endpgm

extern "C" __global__ void match(unsigned* p) { p[threadIdx_x] = __nvvm_match_any_sync_i32(~0, p[threadIdx_x]); }
// W64-LABEL: match:
// W64: v_readfirstlane_b32
// W64: s_cbranch_execnz
// W64: v_lshrrev_b64
// W32-LABEL: match:
// W32: v_readfirstlane_b32
// W32: s_cbranch_execnz

extern "C" __global__ void count(int* p) { p[threadIdx_x] = __nvvm_bar0_popc(p[threadIdx_x]); }
// Three barriers; the votes are counted before the one lane of a wave that adds them is alone.
// W64-LABEL: count:
// W64: v_cmp_ne_u32_e32 vcc, 0
// W64: s_barrier
// W64: ds_write_b32
// W64: s_waitcnt lgkmcnt(0)
// W64-NEXT: s_barrier
// W64: s_bcnt1_i32_b64 s{{[0-9]+}}, vcc
// W64: ds_add_u32
// W64: s_waitcnt lgkmcnt(0)
// W64-NEXT: s_barrier
// W64: ds_read_b32
// W32-LABEL: count:
// W32: s_barrier
// W32: ds_store_b32
// W32: s_barrier
// W32: ds_add_u32
// W32: s_barrier
// W32: ds_load_b32
