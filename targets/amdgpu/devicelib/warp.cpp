// Warp operations: shuffles, votes, matches, reductions, all within 32 lanes. PTX ISA, "shfl.sync", "vote.sync",
// "match.sync", "redux.sync".
//
// The member mask says which lanes take part. A wave runs in lock step, so the active ones are already together; results
// that CUDA leaves undefined (reading a lane that is not active) are 0 here.
#include "lane_moves.h"
#include "wave.h"

namespace {

// Where a shuffle reads: `lane` is the source; `inside` says that it lies in the own segment, else the own value is kept.
struct Source {
  uint32_t lane;
  bool inside;
};

// `c` packs the clamp value (bits 4:0) and the segment mask (bits 12:8).
struct Segment {
  uint32_t first, last;
};
CW_INLINE Segment segment(uint32_t c) {
  uint32_t mask = (c >> 8) & 31u, lane = cw::lane();
  return {lane & mask, (lane & mask) | (c & 31u & ~mask)};
}

CW_INLINE Source select(uint32_t lane, bool inside) { return {inside ? lane : cw::lane(), inside}; }

CW_INLINE Source source_up(uint32_t b, uint32_t c) {
  int32_t lane = static_cast<int32_t>(cw::lane()) - static_cast<int32_t>(b & 31u);
  return select(static_cast<uint32_t>(lane), lane >= static_cast<int32_t>(segment(c).last));
}
CW_INLINE Source source_down(uint32_t b, uint32_t c) {
  uint32_t lane = cw::lane() + (b & 31u);
  return select(lane, lane <= segment(c).last);
}
CW_INLINE Source source_bfly(uint32_t b, uint32_t c) {
  uint32_t lane = cw::lane() ^ (b & 31u);
  return select(lane, lane <= segment(c).last);
}
CW_INLINE Source source_idx(uint32_t b, uint32_t c) {
  Segment own = segment(c);
  uint32_t lane = own.first | (b & 31u & ~(c >> 8));
  return select(lane, lane <= own.last);
}

}  // namespace

namespace {

#if CW_GFX >= 10
constexpr bool kRowMoves = true;
#else
constexpr bool kRowMoves = false;
#endif

}  // namespace

// `__cw.shfl.<mode>` (shuffles.ll) takes the first of these where both operands are constants after inlining and unrolling, else
// the second (inlined in any case). A clamp or a segment that the first does not know makes it the second too.
#define CW_SHUFFLE_WAYS(mode)                                                                                     \
  extern "C" uint32_t cw_shfl_##mode(uint32_t value, uint32_t b, uint32_t c) __asm__("__cw.shfl." #mode);         \
  CW_DEFINE("__cw.shfl." #mode ".variable", uint32_t, shuffle_##mode, (uint32_t value, uint32_t b, uint32_t c)) { \
    return cw::read_lane(value, source_##mode(b, c).lane);                                                        \
  }
CW_SHUFFLE_WAYS(up)
CW_SHUFFLE_WAYS(down)
CW_SHUFFLE_WAYS(bfly)
CW_SHUFFLE_WAYS(idx)

#define CW_CONSTANT_SHUFFLE(mode) \
  CW_DEFINE("__cw.shfl." #mode ".constant", uint32_t, shuffle_##mode##_constant, (uint32_t value, uint32_t b, uint32_t c))

CW_CONSTANT_SHUFFLE(bfly) {
  // Without a clamp, a partner inside the segment is always there.
  bool whole = (c & 31) == 31 && (c >> 8 & b) == 0;
  if (whole && b == 1) return cw::read_lane_xor<1>(value);
  if (whole && b == 2) return cw::read_lane_xor<2>(value);
  if (whole && b == 4) return cw::read_lane_xor<4>(value);
  if (whole && b == 8) return cw::read_lane_xor<8>(value);
  if (whole && b == 16) return cw::read_lane_xor<16>(value);
  return shuffle_bfly(value, b, c);
}
CW_CONSTANT_SHUFFLE(down) {
  if (kRowMoves && c == 31 && b == 1) return cw::read_lane_below<1>(value);
  if (kRowMoves && c == 31 && b == 2) return cw::read_lane_below<2>(value);
  if (kRowMoves && c == 31 && b == 4) return cw::read_lane_below<4>(value);
  if (kRowMoves && c == 31 && b == 8) return cw::read_lane_below<8>(value);
  if (c == 31 && b == 16) return cw::read_lane_below<16>(value);
  return shuffle_down(value, b, c);
}
CW_CONSTANT_SHUFFLE(up) {
  if (kRowMoves && c == 0 && b == 1) return cw::read_lane_above<1>(value);
  if (kRowMoves && c == 0 && b == 2) return cw::read_lane_above<2>(value);
  if (kRowMoves && c == 0 && b == 4) return cw::read_lane_above<4>(value);
  if (kRowMoves && c == 0 && b == 8) return cw::read_lane_above<8>(value);
  if (c == 0 && b == 16) return cw::read_lane_above<16>(value);
  return shuffle_up(value, b, c);
}

CW_CONSTANT_SHUFFLE(idx) {
#if CW_WAVE_SIZE == 32
  // One lane for the whole warp: a scalar.
  if (c == 31) return static_cast<uint32_t>(__builtin_amdgcn_readlane(static_cast<int>(value), static_cast<int>(b & 31)));
#else
  if (c == 31 && b == 0) return cw::swizzle<0, 0, 0>(value);
#endif
  return shuffle_idx(value, b, c);
}

// `__cw.shfl.<mode>.inside` is the predicate of the two-result forms, which pairs.ll builds.
#define CW_SHUFFLE(mode)                                                                                                        \
  CW_DEFINE("__nvvm.shfl.sync." #mode ".i32", uint32_t, shfl_sync_##mode, (uint32_t, uint32_t value, uint32_t b, uint32_t c)) { \
    return cw_shfl_##mode(value, b, c);                                                                                         \
  }                                                                                                                             \
  CW_DEFINE("__nvvm.shfl.sync." #mode ".f32", float, shfl_sync_##mode##_f, (uint32_t, float value, uint32_t b, uint32_t c)) {   \
    return cw::bit_cast<float>(cw_shfl_##mode(cw::bit_cast<uint32_t>(value), b, c));                                            \
  }                                                                                                                             \
  CW_DEFINE("__nvvm.shfl." #mode ".i32", uint32_t, shfl_##mode, (uint32_t value, uint32_t b, uint32_t c)) {                     \
    return shfl_sync_##mode(~0u, value, b, c);                                                                                  \
  }                                                                                                                             \
  CW_DEFINE("__nvvm.shfl." #mode ".f32", float, shfl_##mode##_f, (float value, uint32_t b, uint32_t c)) {                       \
    return shfl_sync_##mode##_f(~0u, value, b, c);                                                                              \
  }                                                                                                                             \
  CW_DEFINE("__cw.shfl." #mode ".inside", bool, shfl_##mode##_inside, (uint32_t b, uint32_t c)) {                               \
    return source_##mode(b, c).inside;                                                                                          \
  }
CW_SHUFFLE(up)
CW_SHUFFLE(down)
CW_SHUFFLE(bfly)
CW_SHUFFLE(idx)

CW_DEFINE("__nvvm.activemask", uint32_t, activemask, ()) { return cw::active_lanes(); }

CW_DEFINE("__nvvm.vote.ballot.sync", uint32_t, vote_ballot, (uint32_t mask, bool p)) { return cw::ballot(p) & mask; }
CW_DEFINE("__nvvm.vote.any.sync", bool, vote_any, (uint32_t mask, bool p)) { return (cw::ballot(p) & mask) != 0; }
CW_DEFINE("__nvvm.vote.all.sync", bool, vote_all, (uint32_t mask, bool p)) { return (cw::ballot(!p) & mask) == 0; }
CW_DEFINE("__nvvm.vote.uni.sync", bool, vote_uni, (uint32_t mask, bool p)) {
  return (cw::ballot(p) & mask) == 0 || (cw::ballot(!p) & mask) == 0;
}
CW_DEFINE("__nvvm.vote.ballot", uint32_t, vote_ballot_all, (bool p)) { return vote_ballot(~0u, p); }
CW_DEFINE("__nvvm.vote.any", bool, vote_any_all, (bool p)) { return vote_any(~0u, p); }
CW_DEFINE("__nvvm.vote.all", bool, vote_all_all, (bool p)) { return vote_all(~0u, p); }
CW_DEFINE("__nvvm.vote.uni", bool, vote_uni_all, (bool p)) { return vote_uni(~0u, p); }

namespace {

// Each round settles the lanes that hold the first active lane's value: as many rounds as there are values.
CW_INLINE uint32_t match_any(uint32_t mask, uint32_t low, uint32_t high) {
  while (true) {
    bool same = low == static_cast<uint32_t>(__builtin_amdgcn_readfirstlane(static_cast<int>(low))) &&
                high == static_cast<uint32_t>(__builtin_amdgcn_readfirstlane(static_cast<int>(high)));
    uint32_t lanes = cw::ballot(same);
    if (same) return lanes & mask;
  }
}

// Compares with the lowest active member's value.
CW_INLINE bool match_all(uint32_t mask, uint32_t low, uint32_t high) {
  uint32_t leader = static_cast<uint32_t>(__builtin_ctz(mask & cw::active_lanes()));
  bool differs = low != cw::read_lane(low, leader) || high != cw::read_lane(high, leader);
  return (cw::ballot(differs) & mask) == 0;
}

CW_INLINE uint32_t high_half(uint64_t value) { return static_cast<uint32_t>(value >> 32); }

}  // namespace

CW_DEFINE("__nvvm.match.any.sync.i32", uint32_t, match_any_i32, (uint32_t mask, uint32_t value)) {
  return match_any(mask, value, 0);
}
CW_DEFINE("__nvvm.match.any.sync.i64", uint32_t, match_any_i64, (uint32_t mask, uint64_t value)) {
  return match_any(mask, static_cast<uint32_t>(value), high_half(value));
}
// The mask results of match.all are built in pairs.ll.
CW_DEFINE("__cw.match.all.i32", bool, match_all_i32, (uint32_t mask, uint32_t value)) { return match_all(mask, value, 0); }
CW_DEFINE("__cw.match.all.i64", bool, match_all_i64, (uint32_t mask, uint64_t value)) {
  return match_all(mask, static_cast<uint32_t>(value), high_half(value));
}

namespace {

// All 32 lanes: five butterfly steps. Otherwise one step a member; members of one mask stay together in the loop, and
// lanes with other masks (disjoint groups in one call) only read their own group.
template <class T, class F>
CW_INLINE T reduce(uint32_t mask, T value, F combine) {
  uint32_t members = mask & cw::active_lanes();
  if (members == ~0u) {
    value = combine(value, static_cast<T>(cw::read_lane_xor<1>(static_cast<uint32_t>(value))));
    value = combine(value, static_cast<T>(cw::read_lane_xor<2>(static_cast<uint32_t>(value))));
    value = combine(value, static_cast<T>(cw::read_lane_xor<4>(static_cast<uint32_t>(value))));
    value = combine(value, static_cast<T>(cw::read_lane_xor<8>(static_cast<uint32_t>(value))));
    value = combine(value, static_cast<T>(cw::read_lane_xor<16>(static_cast<uint32_t>(value))));
    return value;
  }
  T total = static_cast<T>(cw::read_lane(static_cast<uint32_t>(value), static_cast<uint32_t>(__builtin_ctz(members))));
  for (members &= members - 1; members != 0; members &= members - 1) {
    total =
        combine(total, static_cast<T>(cw::read_lane(static_cast<uint32_t>(value), static_cast<uint32_t>(__builtin_ctz(members)))));
  }
  return total;
}

}  // namespace

#define CW_REDUCE(name, type, expression)                                                  \
  CW_DEFINE("__nvvm.redux.sync." #name, type, redux_##name, (type value, uint32_t mask)) { \
    return reduce(mask, value, [](type a, type b) -> type { return expression; });         \
  }
CW_REDUCE(add, uint32_t, a + b)
CW_REDUCE(and, uint32_t, a& b)
CW_REDUCE(or, uint32_t, a | b)
CW_REDUCE(xor, uint32_t, a ^ b)
CW_REDUCE(min, int32_t, a < b ? a : b)
CW_REDUCE(max, int32_t, a > b ? a : b)
CW_REDUCE(umin, uint32_t, a < b ? a : b)
CW_REDUCE(umax, uint32_t, a > b ? a : b)
