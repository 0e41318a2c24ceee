#include "device.h"

// All kinds of shuffles; `width` as the CUDA headers encode it: clamp in bits 0-4, segment mask in bits 8-12.
__device__ int control(int clamp, int width) { return (32 - width) << 8 | clamp; }

KERNEL shuffles(int* out, int width, int by) {
  int t = threadIdx.x, value = 100 + t;
  out[4 * t] = __nvvm_shfl_sync_up_i32(FULL, value, by, control(0, width));
  out[4 * t + 1] = __nvvm_shfl_sync_down_i32(FULL, value, by, control(31, width));
  out[4 * t + 2] = __nvvm_shfl_sync_bfly_i32(FULL, value, by, control(31, width));
  out[4 * t + 3] = __nvvm_shfl_sync_idx_i32(FULL, value, by, control(31, width));
}

KERNEL float_sum(const float* in, float* out) {
  float v = in[threadIdx.x];
  for (int k = 16; k > 0; k /= 2) v += __nvvm_shfl_sync_down_f32(FULL, v, k, 31);
  if (threadIdx.x % 32 == 0) out[threadIdx.x / 32] = v;
}

// Both halves of a warp shuffle in their own branch, a different number of times.
KERNEL halves(int* out) {
  int t = threadIdx.x, v = t;
  if (t % 32 < 16) {
    for (int k = 8; k > 0; k /= 2) v += __nvvm_shfl_sync_bfly_i32(0x0000ffff, v, k, 31);
  } else {
    v = __nvvm_shfl_sync_idx_i32(0xffff0000, v, 20, 31);
    v += 1000;
  }
  out[t] = v;
}

// A full-mask shuffle at two places of the code: lanes meet by mask, not by place.
KERNEL two_places(int* out) {
  int t = threadIdx.x, v;
  if (t % 3 == 0) {
    v = __nvvm_shfl_sync_bfly_i32(FULL, t * 2, 1, 31);
  } else {
    v = __nvvm_shfl_sync_bfly_i32(FULL, t * 5, 1, 31);
  }
  out[t] = v;
}

KERNEL exited_lanes(unsigned* out, int n) {
  int t = threadIdx.x;
  if (t >= n) return;
  out[t] = __nvvm_vote_ballot_sync(FULL, t % 2);
}

KERNEL votes(const int* in, unsigned* out) {
  int t = threadIdx.x;
  out[4 * t] = __nvvm_vote_ballot_sync(FULL, in[t]);
  out[4 * t + 1] = __nvvm_vote_any_sync(FULL, in[t]);
  out[4 * t + 2] = __nvvm_vote_all_sync(FULL, in[t]);
  out[4 * t + 3] = __nvvm_vote_uni_sync(FULL, in[t]);
}

KERNEL matches(const int* in, unsigned* out) {
  int t = threadIdx.x, all = 7;
  out[4 * t] = __nvvm_match_any_sync_i32(FULL, in[t]);
  out[4 * t + 1] = __nvvm_match_all_sync_i32p(FULL, in[t], &all);
  out[4 * t + 2] = all;
  out[4 * t + 3] = __nvvm_match_any_sync_i64(FULL, (long long)in[t] << 32);
}

KERNEL reductions(const int* in, int* out) {
  int t = threadIdx.x;
  out[8 * t] = __nvvm_redux_sync_add(in[t], FULL);
  out[8 * t + 1] = __nvvm_redux_sync_min(in[t], FULL);
  out[8 * t + 2] = __nvvm_redux_sync_max(in[t], FULL);
  out[8 * t + 3] = __nvvm_redux_sync_umin(in[t], FULL);
  out[8 * t + 4] = __nvvm_redux_sync_umax(in[t], FULL);
  out[8 * t + 5] = __nvvm_redux_sync_and(in[t], FULL);
  out[8 * t + 6] = __nvvm_redux_sync_or(in[t], FULL);
  out[8 * t + 7] = __nvvm_redux_sync_xor(in[t], FULL);
}

KERNEL sync_warp(int* out) {
  __shared__ volatile int s[32];
  int t = threadIdx.x;
  s[t] = t;
  for (int k = 1; k < 32; k *= 2) {
    int other = t >= k ? s[t - k] : 0;
    __nvvm_bar_warp_sync(FULL);
    s[t] += other;
    __nvvm_bar_warp_sync(FULL);
  }
  out[t] = s[t];
}

KERNEL active_masks(unsigned* out) {
  int t = threadIdx.x;
  out[t] = __nvvm_activemask();
  if (t % 2) {
    out[32 + t] = __nvvm_activemask();
  } else {
    out[32 + t] = __nvvm_activemask();
  }
}

// Aggregated atomics: the leader of the active lanes adds for all.
KERNEL aggregate(int* counter, int* out, int n) {
  int t = threadIdx.x;
  for (int i = 0; i < n; ++i) {
    if ((t * 7 + i) % 3) {
      unsigned mask = __nvvm_activemask();
      int leader = __builtin_ctz(mask), base = 0, lane = t % 32;
      if (lane == leader) base = atomic_add(counter, __builtin_popcount(mask));
      base = __nvvm_shfl_sync_idx_i32(mask, base, leader, 31);
      out[base + __builtin_popcount(mask & ((1u << lane) - 1))] = 1;
    }
  }
}

// Each round serves the lanes that agree with the first one still waiting.
KERNEL waterfall(const int* keys, int* rounds) {
  int t = threadIdx.x, count = 0;
  bool done = false;
  while (!done) {
    unsigned mask = __nvvm_activemask();
    int key = __nvvm_shfl_sync_idx_i32(mask, keys[t], __builtin_ctz(mask), 31);
    ++count;
    if (key == keys[t]) done = true;
  }
  rounds[t] = count;
}

KERNEL lane_registers(unsigned* out) {
  int t = threadIdx.x + blockDim.x * threadIdx.y;
  out[5 * t] = __nvvm_read_ptx_sreg_laneid();
  out[5 * t + 1] = __nvvm_read_ptx_sreg_lanemask_lt();
  out[5 * t + 2] = __nvvm_read_ptx_sreg_lanemask_ge();
  out[5 * t + 3] = __nvvm_read_ptx_sreg_lanemask_gt();
  out[5 * t + 4] = __nvvm_read_ptx_sreg_warpid();
}

// A source that does not take part leaves the own value.
KERNEL odd_lanes(int* out) {
  int t = threadIdx.x;
  if (t % 2) out[t] = __nvvm_shfl_sync_idx_i32(0xaaaaaaaa, 100 + t, t % 4, 31);
}

// Written before independent thread scheduling: no __syncwarp between a warp's volatile accesses.
__device__ void old_reduce(volatile int* s, int t) {
  if (t < 32) {
    s[t] += s[t + 32];
    s[t] += s[t + 16];
    s[t] += s[t + 8];
    s[t] += s[t + 4];
    s[t] += s[t + 2];
    s[t] += s[t + 1];
  }
}
KERNEL implicit_synchrony(const int* in, int* out) {
  __shared__ int s[96];
  int t = threadIdx.x;
  s[t] = in[t];
  __syncthreads();
  old_reduce(s, t);
  if (t == 0) out[0] = s[0];
}

// No barrier at all: a scan within one warp.
KERNEL implicit_scan(int* out) {
  __shared__ volatile int s[64];
  int t = threadIdx.x;
  s[t] = 0;
  s[t + 32] = t + 1;
  for (int k = 1; k < 32; k *= 2) s[t + 32] = s[t + 32] + s[t + 32 - k];
  out[t] = s[t + 32];
}

// Written for lockstep, with masks added later: lanes read what others of their warp have stored, without __syncwarp.
struct Pair {
  int first, second;
};
__device__ __attribute__((noinline)) void put_row(const int* s, int* out, int t) {
  if (t < 16) ((Pair*)out)[t] = ((const Pair*)s)[t];
}
KERNEL compacted(const int* in, int* out, int rounds) {
  __shared__ int s[64];
  int t = threadIdx.x, kept = 0;
  for (int round = 0; round < rounds; ++round) {
    int value = in[round * 32 + t];
    unsigned votes = __nvvm_vote_ballot_sync(FULL, value);
    if (value) s[kept + __builtin_popcount(votes & ((1u << t) - 1))] = value;
    kept += __builtin_popcount(votes);
    if (kept < 32) continue;
    put_row(s, out, t);
    out += 32;
    s[t] = s[t + 32];
    kept -= 32;
  }
  if (t < kept) out[t] = s[t];
}

// Plain stores, volatile loads: the lanes' values are there without a barrier.
KERNEL reversed(const int* in, int* out) {
  __shared__ int s[32];
  int t = threadIdx.x;
  s[t] = in[t];
  volatile int* read = s;
  out[t] = read[31 - t];
}
