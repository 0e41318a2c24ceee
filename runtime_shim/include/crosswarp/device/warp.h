// Barriers, warp shuffles, votes, matches and reductions (CUDA Programming Guide, "Warp ... Functions", "Synchronization
// Functions").
#ifndef CROSSWARP_DEVICE_WARP_H
#define CROSSWARP_DEVICE_WARP_H
#pragma GCC system_header

#include "../operations.h"
#include "qualifiers.h"

// __syncthreads itself is clang's builtin.
CW_DEVICE int __syncthreads_count(int predicate) { return __nvvm_bar0_popc(predicate); }
CW_DEVICE int __syncthreads_and(int predicate) { return __nvvm_bar0_and(predicate); }
CW_DEVICE int __syncthreads_or(int predicate) { return __nvvm_bar0_or(predicate); }
// The names before CUDA 2.
CW_DEVICE int syncthreads_count(bool predicate) { return __syncthreads_count(predicate); }
CW_DEVICE bool syncthreads_and(bool predicate) { return __syncthreads_and(predicate) != 0; }
CW_DEVICE bool syncthreads_or(bool predicate) { return __syncthreads_or(predicate) != 0; }
CW_DEVICE void __syncwarp(unsigned mask = 0xffffffffu) { __nvvm_bar_warp_sync(mask); }
CW_DEVICE void __barrier_sync(unsigned id) { __nvvm_barrier_sync(id); }
CW_DEVICE void __barrier_sync_count(unsigned id, unsigned count) { __nvvm_barrier_sync_cnt(id, count); }

CW_DEVICE unsigned __activemask(void) { return __nvvm_activemask(); }
CW_DEVICE int __all_sync(unsigned mask, int predicate) { return __nvvm_vote_all_sync(mask, predicate); }
CW_DEVICE int __any_sync(unsigned mask, int predicate) { return __nvvm_vote_any_sync(mask, predicate); }
CW_DEVICE int __uni_sync(unsigned mask, int predicate) { return __nvvm_vote_uni_sync(mask, predicate); }
CW_DEVICE unsigned __ballot_sync(unsigned mask, int predicate) { return __nvvm_vote_ballot_sync(mask, predicate); }

// Shuffles. PTX's clamp operand: the segment mask (32 - width) << 8, and the last lane of a segment (0 for `up`). 64-bit values go
// as two.
namespace __cw {
#define CW_SHUFFLE(mode, last_lane)                                                                             \
  CW_DEVICE int shuffle_##mode(unsigned mask, int value, int __lane, int width) {                               \
    return __nvvm_shfl_sync_##mode##_i32(mask, value, __lane, ((__cw_warp_size - width) << 8) | last_lane);     \
  }                                                                                                             \
  CW_DEVICE unsigned shuffle_##mode(unsigned mask, unsigned value, int __lane, int width) {                     \
    return (unsigned)shuffle_##mode(mask, (int)value, __lane, width);                                           \
  }                                                                                                             \
  CW_DEVICE float shuffle_##mode(unsigned mask, float value, int __lane, int width) {                           \
    return __nvvm_shfl_sync_##mode##_f32(mask, value, __lane, ((__cw_warp_size - width) << 8) | last_lane);     \
  }                                                                                                             \
  CW_DEVICE unsigned long long shuffle_##mode(unsigned mask, unsigned long long value, int __lane, int width) { \
    const unsigned low = shuffle_##mode(mask, (unsigned)value, __lane, width);                                  \
    const unsigned high = shuffle_##mode(mask, (unsigned)(value >> 32), __lane, width);                         \
    return (unsigned long long)high << 32 | low;                                                                \
  }                                                                                                             \
  CW_DEVICE long long shuffle_##mode(unsigned mask, long long value, int __lane, int width) {                   \
    return (long long)shuffle_##mode(mask, (unsigned long long)value, __lane, width);                           \
  }                                                                                                             \
  CW_DEVICE long shuffle_##mode(unsigned mask, long value, int __lane, int width) {                             \
    return (long)shuffle_##mode(mask, (unsigned long long)value, __lane, width);                                \
  }                                                                                                             \
  CW_DEVICE unsigned long shuffle_##mode(unsigned mask, unsigned long value, int __lane, int width) {           \
    return (unsigned long)shuffle_##mode(mask, (unsigned long long)value, __lane, width);                       \
  }                                                                                                             \
  CW_DEVICE double shuffle_##mode(unsigned mask, double value, int __lane, int width) {                         \
    return bits_as<double>(shuffle_##mode(mask, bits_as<unsigned long long>(value), __lane, width));            \
  }
CW_SHUFFLE(idx, 31)
CW_SHUFFLE(up, 0)
CW_SHUFFLE(down, 31)
CW_SHUFFLE(bfly, 31)
#undef CW_SHUFFLE
}  // namespace __cw

#define CW_SHUFFLES(__T)                                                                                 \
  CW_DEVICE __T __shfl_sync(unsigned mask, __T value, int __lane, int width = __cw_warp_size) {          \
    return __cw::shuffle_idx(mask, value, __lane, width);                                                \
  }                                                                                                      \
  CW_DEVICE __T __shfl_up_sync(unsigned mask, __T value, unsigned delta, int width = __cw_warp_size) {   \
    return __cw::shuffle_up(mask, value, (int)delta, width);                                             \
  }                                                                                                      \
  CW_DEVICE __T __shfl_down_sync(unsigned mask, __T value, unsigned delta, int width = __cw_warp_size) { \
    return __cw::shuffle_down(mask, value, (int)delta, width);                                           \
  }                                                                                                      \
  CW_DEVICE __T __shfl_xor_sync(unsigned mask, __T value, int lane_mask, int width = __cw_warp_size) {   \
    return __cw::shuffle_bfly(mask, value, lane_mask, width);                                            \
  }
CW_SHUFFLES(int)
CW_SHUFFLES(unsigned)
CW_SHUFFLES(long)
CW_SHUFFLES(unsigned long)
CW_SHUFFLES(long long)
CW_SHUFFLES(unsigned long long)
CW_SHUFFLES(float)
CW_SHUFFLES(double)
#undef CW_SHUFFLES

// Without _sync, as in sources for sm_60 and before: the active lanes take part.
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ < 700
#define CW_DEPRECATED(use) __attribute__((deprecated("use " use)))
template <class __T>
CW_DEPRECATED("__shfl_sync")
CW_DEVICE __T __shfl(__T value, int __lane, int width = __cw_warp_size) {
  return __shfl_sync(__activemask(), value, __lane, width);
}
template <class __T>
CW_DEPRECATED("__shfl_up_sync")
CW_DEVICE __T __shfl_up(__T value, unsigned delta, int width = __cw_warp_size) {
  return __shfl_up_sync(__activemask(), value, delta, width);
}
template <class __T>
CW_DEPRECATED("__shfl_down_sync")
CW_DEVICE __T __shfl_down(__T value, unsigned delta, int width = __cw_warp_size) {
  return __shfl_down_sync(__activemask(), value, delta, width);
}
template <class __T>
CW_DEPRECATED("__shfl_xor_sync")
CW_DEVICE __T __shfl_xor(__T value, int lane_mask, int width = __cw_warp_size) {
  return __shfl_xor_sync(__activemask(), value, lane_mask, width);
}
CW_DEPRECATED("__all_sync") CW_DEVICE int __all(int predicate) { return __all_sync(__activemask(), predicate); }
CW_DEPRECATED("__any_sync") CW_DEVICE int __any(int predicate) { return __any_sync(__activemask(), predicate); }
CW_DEPRECATED("__ballot_sync") CW_DEVICE unsigned __ballot(int predicate) { return __ballot_sync(__activemask(), predicate); }
#undef CW_DEPRECATED
#endif

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
namespace __cw {
CW_DEVICE unsigned match_any(unsigned mask, unsigned bits) { return __nvvm_match_any_sync_i32(mask, bits); }
CW_DEVICE unsigned match_any(unsigned mask, unsigned long long bits) { return __nvvm_match_any_sync_i64(mask, bits); }
CW_DEVICE unsigned match_all(unsigned mask, unsigned bits, int* all) { return __nvvm_match_all_sync_i32p(mask, bits, all); }
CW_DEVICE unsigned match_all(unsigned mask, unsigned long long bits, int* all) {
  return __nvvm_match_all_sync_i64p(mask, bits, all);
}
}  // namespace __cw
#define CW_MATCH(__T, Bits)                                                                                                   \
  CW_DEVICE unsigned __match_any_sync(unsigned mask, __T value) { return __cw::match_any(mask, __cw::bits_as<Bits>(value)); } \
  CW_DEVICE unsigned __match_all_sync(unsigned mask, __T value, int* all) {                                                   \
    return __cw::match_all(mask, __cw::bits_as<Bits>(value), all);                                                            \
  }
CW_MATCH(int, unsigned)
CW_MATCH(unsigned, unsigned)
CW_MATCH(float, unsigned)
CW_MATCH(long, unsigned long long)
CW_MATCH(unsigned long, unsigned long long)
CW_MATCH(long long, unsigned long long)
CW_MATCH(unsigned long long, unsigned long long)
CW_MATCH(double, unsigned long long)
#undef CW_MATCH
#endif

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800
CW_DEVICE unsigned __reduce_add_sync(unsigned mask, unsigned value) { return (unsigned)__nvvm_redux_sync_add((int)value, mask); }
CW_DEVICE int __reduce_add_sync(unsigned mask, int value) { return __nvvm_redux_sync_add(value, mask); }
CW_DEVICE unsigned __reduce_min_sync(unsigned mask, unsigned value) { return (unsigned)__nvvm_redux_sync_umin((int)value, mask); }
CW_DEVICE int __reduce_min_sync(unsigned mask, int value) { return __nvvm_redux_sync_min(value, mask); }
CW_DEVICE unsigned __reduce_max_sync(unsigned mask, unsigned value) { return (unsigned)__nvvm_redux_sync_umax((int)value, mask); }
CW_DEVICE int __reduce_max_sync(unsigned mask, int value) { return __nvvm_redux_sync_max(value, mask); }
CW_DEVICE unsigned __reduce_and_sync(unsigned mask, unsigned value) { return (unsigned)__nvvm_redux_sync_and((int)value, mask); }
CW_DEVICE unsigned __reduce_or_sync(unsigned mask, unsigned value) { return (unsigned)__nvvm_redux_sync_or((int)value, mask); }
CW_DEVICE unsigned __reduce_xor_sync(unsigned mask, unsigned value) { return (unsigned)__nvvm_redux_sync_xor((int)value, mask); }
#endif

#endif
