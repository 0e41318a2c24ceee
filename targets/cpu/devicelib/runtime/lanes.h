// Sets of lanes as bit masks, computed over the per-lane arrays of a warp (one vector comparison each).
#ifndef CROSSWARP_TARGETS_CPU_LANES_H
#define CROSSWARP_TARGETS_CPU_LANES_H

#include "../state.h"

namespace crosswarp::cpu {

typedef u8 Bytes __attribute__((ext_vector_type(32)));
typedef u32 Words __attribute__((ext_vector_type(32)));
typedef int32_t SignedWords __attribute__((ext_vector_type(32)));
typedef bool Lanes __attribute__((ext_vector_type(32)));

inline Bytes bytes(const u8 (&array)[kWarpSize]) {
  Bytes loaded;
  __builtin_memcpy(&loaded, array, sizeof loaded);
  return loaded;
}

inline Words words(const u32 (&array)[kWarpSize]) {
  Words loaded;
  __builtin_memcpy(&loaded, array, sizeof loaded);
  return loaded;
}

template <class Comparison>
inline u32 lane_set(Comparison comparison) {
  return __builtin_bit_cast(u32, __builtin_convertvector(comparison, Lanes));
}

// Lanes that wait for `event`. A lane made runnable keeps its old event until it runs.
inline u32 lanes_at(const Warp& warp, Event event) {
  return lane_set(bytes(warp.event) == static_cast<u8>(event)) & ~warp.runnable;
}

// Lanes that wait at any barrier.
inline u32 lanes_at_barriers(const Warp& warp) {
  return lane_set(bytes(warp.event) >= static_cast<u8>(kAtBarrier)) & ~warp.runnable;
}

// A comparison as all-ones and all-zeroes words.
template <class Comparison>
inline Words as_mask(Comparison comparison) {
  return __builtin_bit_cast(Words, comparison);
}

// The numbers 0 to 31.
inline Words lane_numbers() {
  return Words{0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
               16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
}

// Puts `result` into the elements of `array` that belong to `lanes`.
inline void store_lanes(u32 (&array)[kWarpSize], Words result, u32 lanes) {
  if (lanes != ~0u) {
    const Words inside = as_mask((Words(lanes) >> lane_numbers() & 1) != 0);
    result = (result & inside) | (words(array) & ~inside);
  }
  __builtin_memcpy(array, &result, sizeof result);
}

// Calls `visit(lane)` for each lane of `set`, lowest first.
template <class Visit>
inline void for_each_lane(u32 set, Visit visit) {
  for (; set; set &= set - 1) visit(static_cast<u32>(__builtin_ctz(set)));
}

}  // namespace crosswarp::cpu
#endif
