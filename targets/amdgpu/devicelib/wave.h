// What every file of the AMD device library shares: address spaces, LLVM's AMDGPU intrinsics, and CUDA's 32-lane warp on any wave.
//
// A CUDA warp is 32 lanes everywhere. On wave64 processors a wave holds two warps: hardware lanes 0-31 and 32-63. Lane
// operations then work within the own half; EXEC, and so every ballot, covers both.
#pragma once

#include <stdint.h>

#include "operations/operation.h"

#if CW_WAVE_SIZE != 32 && CW_WAVE_SIZE != 64
#error "CW_WAVE_SIZE must be 32 or 64"
#endif

#define CW_GLOBAL __attribute__((address_space(1)))
#define CW_SHARED __attribute__((address_space(3)))
#define CW_CONSTANT __attribute__((address_space(4)))

// Intrinsics by LLVM's name: clang's builtins for some of them want a processor with a fixed wave size.
extern "C" {
__attribute__((const, convergent)) uint32_t cw_ballot32(bool) __asm__("llvm.amdgcn.ballot.i32");
__attribute__((const, convergent)) uint64_t cw_ballot64(bool) __asm__("llvm.amdgcn.ballot.i64");
}

namespace cw {

template <int bytes>
struct WordOfSize;
template <>
struct WordOfSize<1> {
  using type = uint8_t;
};
template <>
struct WordOfSize<2> {
  using type = uint16_t;
};
template <>
struct WordOfSize<4> {
  using type = uint32_t;
};
template <>
struct WordOfSize<8> {
  using type = uint64_t;
};
// The unsigned integer of that many bytes.
template <int bytes>
using Word = typename WordOfSize<bytes>::type;

// Lane number in the hardware's wave.
CW_INLINE uint32_t hardware_lane() {
  uint32_t low = __builtin_amdgcn_mbcnt_lo(~0u, 0u);
  return CW_WAVE_SIZE == 64 ? __builtin_amdgcn_mbcnt_hi(~0u, low) : low;
}

// CUDA's lane number, 0-31.
CW_INLINE uint32_t lane() { return hardware_lane() & 31u; }

// Hardware lane of this warp's lane 0.
CW_INLINE uint32_t warp_base() { return CW_WAVE_SIZE == 64 ? hardware_lane() & 32u : 0u; }

// Bit i is set when hardware lane i is active and `predicate` holds there: both warps of a wave64.
CW_INLINE uint64_t wave_ballot(bool predicate) { return cw_ballot64(predicate); }

// Bit i is set when lane i of this warp is active and `predicate` holds there.
CW_INLINE uint32_t ballot(bool predicate) {
#if CW_WAVE_SIZE == 64
  return static_cast<uint32_t>(cw_ballot64(predicate) >> warp_base());
#else
  return cw_ballot32(predicate);
#endif
}

CW_INLINE uint32_t active_lanes() { return ballot(true); }

// `value` of lane `source` (0-31) of this warp; 0 where that lane is not active.
CW_INLINE uint32_t read_lane(uint32_t value, uint32_t source) {
  return static_cast<uint32_t>(
      __builtin_amdgcn_ds_bpermute(static_cast<int>((warp_base() | source) << 2), static_cast<int>(value)));
}

// The kernel's hidden arguments (code object version 5): see "Implicit kernel arguments" in LLVM's AMDGPU usage page.
template <class T>
CW_INLINE T hidden_argument(uint32_t offset) {
  auto* base = static_cast<const CW_CONSTANT char*>(__builtin_amdgcn_implicitarg_ptr());
  return *reinterpret_cast<const CW_CONSTANT T*>(base + offset);
}
CW_INLINE uint32_t block_count(uint32_t axis) { return hidden_argument<uint32_t>(4 * axis); }
CW_INLINE uint32_t block_size(uint32_t axis) { return hidden_argument<uint16_t>(12 + 2 * axis); }

// Number of this thread in its block, x fastest: threads 32n to 32n+31 are CUDA's warp n, and AMD numbers waves alike.
CW_INLINE uint32_t thread_in_block() {
  return (__builtin_amdgcn_workitem_id_z() * block_size(1) + __builtin_amdgcn_workitem_id_y()) * block_size(0) +
         __builtin_amdgcn_workitem_id_x();
}

}  // namespace cw
