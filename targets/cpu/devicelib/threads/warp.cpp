// Warp operations: each publishes its operands, suspends, and reads its result.
#include "thread.h"

namespace crosswarp::cpu {
namespace {
inline u32 bits(float value) { return __builtin_bit_cast(u32, value); }
inline float as_float(u32 value) { return __builtin_bit_cast(float, value); }
}  // namespace

extern "C" {

// shfl.sync: value, distance or source lane, control word. The `p` forms also give the predicate.
#define CW_SHUFFLE(name, operation)                                                                                                \
  u32 shuffle_##name##_i32(u32 mask, u32 value, u32 distance, u32 control) CW_NVVM("shfl.sync." #name ".i32");                     \
  u32 shuffle_##name##_i32(u32 mask, u32 value, u32 distance, u32 control) {                                                       \
    return meet(operation, mask, value, distance, control);                                                                        \
  }                                                                                                                                \
  float shuffle_##name##_f32(u32 mask, float value, u32 distance, u32 control) CW_NVVM("shfl.sync." #name ".f32");                 \
  float shuffle_##name##_f32(u32 mask, float value, u32 distance, u32 control) {                                                   \
    return as_float(meet(operation, mask, bits(value), distance, control));                                                        \
  }                                                                                                                                \
  u32 shuffle_##name##_i32p(bool* inside, u32 mask, u32 value, u32 distance, u32 control) CW_NVVM("shfl.sync." #name ".i32p");     \
  u32 shuffle_##name##_i32p(bool* inside, u32 mask, u32 value, u32 distance, u32 control) {                                        \
    const u32 result = meet(operation, mask, value, distance, control | kWantsPredicate);                                          \
    *inside = met_predicate();                                                                                                     \
    return result;                                                                                                                 \
  }                                                                                                                                \
  float shuffle_##name##_f32p(bool* inside, u32 mask, float value, u32 distance, u32 control) CW_NVVM("shfl.sync." #name ".f32p"); \
  float shuffle_##name##_f32p(bool* inside, u32 mask, float value, u32 distance, u32 control) {                                    \
    const u32 result = meet(operation, mask, bits(value), distance, control | kWantsPredicate);                                    \
    *inside = met_predicate();                                                                                                     \
    return as_float(result);                                                                                                       \
  }
CW_SHUFFLE(up, kShuffleUp)
CW_SHUFFLE(down, kShuffleDown)
CW_SHUFFLE(bfly, kShuffleXor)
CW_SHUFFLE(idx, kShuffleIndex)

void sync_warp(u32 mask) CW_NVVM("bar.warp.sync");
void sync_warp(u32 mask) { meet(kSyncWarp, mask); }

u32 vote_ballot(u32 mask, bool vote) CW_NVVM("vote.ballot.sync");
u32 vote_ballot(u32 mask, bool vote) { return meet(kBallot, mask, vote); }
bool vote_any(u32 mask, bool vote) CW_NVVM("vote.any.sync");
bool vote_any(u32 mask, bool vote) { return meet(kAny, mask, vote); }
bool vote_all(u32 mask, bool vote) CW_NVVM("vote.all.sync");
bool vote_all(u32 mask, bool vote) { return meet(kAll, mask, vote); }
bool vote_uniform(u32 mask, bool vote) CW_NVVM("vote.uni.sync");
bool vote_uniform(u32 mask, bool vote) { return meet(kUniform, mask, vote); }

u32 match_any_32(u32 mask, u32 value) CW_NVVM("match.any.sync.i32");
u32 match_any_32(u32 mask, u32 value) { return meet(kMatchAny, mask, value); }
u32 match_any_64(u32 mask, u64 value) CW_NVVM("match.any.sync.i64");
u32 match_any_64(u32 mask, u64 value) {
  return meet(kMatchAny, mask, static_cast<u32>(value), 0, 0, static_cast<u32>(value >> 32));
}
u32 match_all_32(bool* all, u32 mask, u32 value) CW_NVVM("match.all.sync.i32p");
u32 match_all_32(bool* all, u32 mask, u32 value) {
  const u32 result = meet(kMatchAll, mask, value);
  *all = met_predicate();
  return result;
}
u32 match_all_64(bool* all, u32 mask, u64 value) CW_NVVM("match.all.sync.i64p");
u32 match_all_64(bool* all, u32 mask, u64 value) {
  const u32 result = meet(kMatchAll, mask, static_cast<u32>(value), 0, 0, static_cast<u32>(value >> 32));
  *all = met_predicate();
  return result;
}

// NVVM's order of operands: value, mask.
#define CW_REDUCE(name, operation)                                     \
  u32 reduce_##name(u32 value, u32 mask) CW_NVVM("redux.sync." #name); \
  u32 reduce_##name(u32 value, u32 mask) { return meet(operation, mask, value); }
CW_REDUCE(add, kReduceAdd)
CW_REDUCE(min, kReduceMin)
CW_REDUCE(max, kReduceMax)
CW_REDUCE(umin, kReduceUnsignedMin)
CW_REDUCE(umax, kReduceUnsignedMax)
CW_REDUCE(and, kReduceAnd)
CW_REDUCE(or, kReduceOr)
CW_REDUCE(xor, kReduceXor)

float reduce_fmin(float value, u32 mask) CW_NVVM("redux.sync.fmin");
float reduce_fmin(float value, u32 mask) { return as_float(meet(kReduceFloatMin, mask, bits(value))); }
float reduce_fmax(float value, u32 mask) CW_NVVM("redux.sync.fmax");
float reduce_fmax(float value, u32 mask) { return as_float(meet(kReduceFloatMax, mask, bits(value))); }

u32 elect_lane(bool* elected, u32 mask) CW_NVVM("elect.sync");
u32 elect_lane(bool* elected, u32 mask) {
  const u32 leader = meet(kElect, mask);
  *elected = met_predicate();
  return leader;
}

// The lanes that wait at the same place when no other lane of the warp can go on.
u32 active_mask() CW_NVVM("activemask");
u32 active_mask() {
  warp_of(context())->argument[context()->lane] = place();
  wait_for(kAtConvergence);
  return warp_of(context())->result[context()->lane];
}
}
}  // namespace crosswarp::cpu
