// Results of shuffles, votes, matches and reductions. Facts: PTX ISA, shfl.sync, vote.sync, match.sync, redux.sync, elect.sync.
#include "warp_operations.h"

#include "lanes.h"

namespace crosswarp::cpu {
namespace {

struct Sources {
  Words lane, inside;  // `inside`: all bits set where the source lies in the segment
};

// Source lanes of a shuffle; the own lane where the source lies outside. `control`: bits 0-4 clamp, bits 8-12 segment mask.
template <Operation operation>
inline Sources source_lanes(const Warp& warp) {
  const Words self = lane_numbers(), control = words(warp.operation), by = words(warp.argument) & 31;
  const Words segment = control >> 8 & 31, clamp = control & 31, first = self & segment, last = first | (clamp & ~segment);
  Words source, inside;
  if constexpr (operation == kShuffleUp) {
    source = self - by;
    inside = as_mask(__builtin_convertvector(source, SignedWords) >= __builtin_convertvector(last, SignedWords));
  } else {
    source = operation == kShuffleDown ? self + by : operation == kShuffleXor ? self ^ by : first | (by & ~segment);
    inside = as_mask(source <= last);
  }
  return {(source & inside) | (self & ~inside), inside};
}

template <Operation operation>
inline void shuffle_lanes(Warp& warp, u32 members) {
  const Sources sources = source_lanes<operation>(warp);
  Words result;
  for (u32 lane = 0; lane < kWarpSize; ++lane) result[lane] = warp.value[sources.lane[lane]];
  if (members != ~0u) {
    // A source outside the mask is undefined in CUDA; here the lane keeps its own value.
    const Words member = as_mask((Words(members) >> sources.lane & 1) != 0);
    result = (result & member) | (words(warp.value) & ~member);
  }
  store_lanes(warp.result, result, members);
  if (warp.operation[__builtin_ctz(members)] & kWantsPredicate) store_lanes(warp.predicate, sources.inside, members);
}

inline void broadcast(Warp& warp, u32 members, u32 result, u32 predicate) {
  store_lanes(warp.result, Words(result), members);
  store_lanes(warp.predicate, Words(predicate), members);
}

inline u32 equal_lanes(const Warp& warp, u32 lane) {
  return lane_set((words(warp.value) == warp.value[lane]) & (words(warp.value_high) == warp.value_high[lane]));
}

inline void match_any(Warp& warp, u32 members) {
  for_each_lane(members, [&](u32 lane) { warp.result[lane] = equal_lanes(warp, lane) & members; });
}

inline void match_all(Warp& warp, u32 members) {
  const bool all = (equal_lanes(warp, static_cast<u32>(__builtin_ctz(members))) & members) == members;
  broadcast(warp, members, all ? members : 0, all);
}

template <class Combine>
inline void reduce(Warp& warp, u32 members, Combine combine) {
  u32 total = warp.value[__builtin_ctz(members)];
  for_each_lane(members & (members - 1), [&](u32 lane) { total = combine(total, warp.value[lane]); });
  broadcast(warp, members, total, 1);
}

template <class Choose>
inline void reduce_floats(Warp& warp, u32 members, Choose choose) {
  reduce(warp, members, [&](u32 a, u32 b) {
    const float x = __builtin_bit_cast(float, a), y = __builtin_bit_cast(float, b);
    if (x != x) return b;
    if (y != y) return a;
    return choose(x, y) ? a : b;
  });
}

inline u32 signed_min(u32 a, u32 b) { return static_cast<int32_t>(a) < static_cast<int32_t>(b) ? a : b; }
inline u32 signed_max(u32 a, u32 b) { return static_cast<int32_t>(a) > static_cast<int32_t>(b) ? a : b; }

}  // namespace

void complete_operation(Warp& warp, u32 members, Operation operation) {
  const u32 votes = lane_set(words(warp.value) != 0) & members;
  switch (operation) {
    case kSyncWarp:
      return;
    case kShuffleUp:
      return shuffle_lanes<kShuffleUp>(warp, members);
    case kShuffleDown:
      return shuffle_lanes<kShuffleDown>(warp, members);
    case kShuffleXor:
      return shuffle_lanes<kShuffleXor>(warp, members);
    case kShuffleIndex:
      return shuffle_lanes<kShuffleIndex>(warp, members);
    case kBallot:
      return broadcast(warp, members, votes, 1);
    case kAny:
      return broadcast(warp, members, votes != 0, 1);
    case kAll:
      return broadcast(warp, members, votes == members, 1);
    case kUniform:
      return broadcast(warp, members, votes == 0 || votes == members, 1);
    case kMatchAny:
      return match_any(warp, members);
    case kMatchAll:
      return match_all(warp, members);
    case kReduceAdd:
      return reduce(warp, members, [](u32 a, u32 b) { return a + b; });
    case kReduceMin:
      return reduce(warp, members, signed_min);
    case kReduceMax:
      return reduce(warp, members, signed_max);
    case kReduceUnsignedMin:
      return reduce(warp, members, [](u32 a, u32 b) { return a < b ? a : b; });
    case kReduceUnsignedMax:
      return reduce(warp, members, [](u32 a, u32 b) { return a > b ? a : b; });
    case kReduceAnd:
      return reduce(warp, members, [](u32 a, u32 b) { return a & b; });
    case kReduceOr:
      return reduce(warp, members, [](u32 a, u32 b) { return a | b; });
    case kReduceXor:
      return reduce(warp, members, [](u32 a, u32 b) { return a ^ b; });
    case kElect:
      broadcast(warp, members, static_cast<u32>(__builtin_ctz(members)), 0);
      warp.predicate[__builtin_ctz(members)] = 1;
      return;
    case kReduceFloatMin:
      return reduce_floats(warp, members, [](float x, float y) { return x < y; });
    case kReduceFloatMax:
      return reduce_floats(warp, members, [](float x, float y) { return x > y; });
  }
}

}  // namespace crosswarp::cpu
