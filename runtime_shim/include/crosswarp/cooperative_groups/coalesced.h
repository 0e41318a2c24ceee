// coalesced_group: the threads of a warp that are active together; ranks count them in lane order. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_COALESCED_H
#define CROSSWARP_COOPERATIVE_GROUPS_COALESCED_H

namespace cooperative_groups::__v1 {
class coalesced_group {
  unsigned mask_, meta_rank_, meta_size_;
  // Bits of lanes to bits of ranks.
  CG_DEVICE unsigned pack(unsigned lanes) const {
    if (mask_ == 0xffffffffu) return lanes;
    unsigned packed = 0, rank = 0;
    for (unsigned rest = mask_; rest != 0; rest &= rest - 1, ++rank) packed |= (lanes >> (__ffs((int)rest) - 1) & 1u) << rank;
    return packed;
  }
  template <class __T>
  CG_DEVICE __T from_lane(const __T& value, int __lane) const {
    return details::by_words(value, [this, __lane](unsigned word) { return __shfl_sync(mask_, word, __lane); });
  }

 public:
  explicit CG_DEVICE coalesced_group(unsigned mask, unsigned meta_rank = 0, unsigned meta_size = 1)
      : mask_(mask), meta_rank_(meta_rank), meta_size_(meta_size) {}
  // A tile of at most a warp.
  template <unsigned Size, class Parent>
  CG_DEVICE coalesced_group(const thread_block_tile<Size, Parent>& tile)
      : mask_(tile.lanes()), meta_rank_(tile.meta_group_rank()), meta_size_(tile.meta_group_size()) {}
  CG_DEVICE operator thread_group() const { return thread_group(mask_, size(), thread_rank(), meta_rank_, meta_size_); }
  CG_DEVICE void sync() const { __syncwarp(mask_); }
  CG_DEVICE unsigned thread_rank() const { return __popc(mask_ & details::lanes_below()); }
  CG_DEVICE unsigned size() const { return __popc(mask_); }
  CG_DEVICE unsigned num_threads() const { return __popc(mask_); }
  CG_DEVICE unsigned meta_group_rank() const { return meta_rank_; }
  CG_DEVICE unsigned meta_group_size() const { return meta_size_; }
  CG_DEVICE unsigned get_mask() const { return mask_; }
  CG_DEVICE unsigned lanes() const { return mask_; }
  // Lane of the thread with a rank.
  CG_DEVICE int lane_of(unsigned rank) const {
    if (mask_ == 0xffffffffu) return (int)rank;
    unsigned rest = mask_;
    for (unsigned i = 0; i < rank; ++i) rest &= rest - 1;
    return __ffs((int)rest) - 1;
  }

  template <class __T>
  CG_DEVICE typename details::plain<__T>::type shfl(__T&& value, unsigned rank) const {
    return from_lane(value, lane_of(rank % size()));
  }
  // Threads past the end keep their own value.
  template <class __T>
  CG_DEVICE typename details::plain<__T>::type shfl_down(__T&& value, unsigned delta) const {
    const unsigned rank = thread_rank() + delta;
    return from_lane(value, rank < size() ? lane_of(rank) : (int)details::__lane());
  }
  template <class __T>
  CG_DEVICE typename details::plain<__T>::type shfl_up(__T&& value, unsigned delta) const {
    const unsigned rank = thread_rank();
    return from_lane(value, rank >= delta ? lane_of(rank - delta) : (int)details::__lane());
  }
  CG_DEVICE int any(int predicate) const { return __any_sync(mask_, predicate); }
  CG_DEVICE int all(int predicate) const { return __all_sync(mask_, predicate); }
  CG_DEVICE unsigned ballot(int predicate) const { return pack(__ballot_sync(mask_, predicate)); }
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
  template <class __T>
  CG_DEVICE unsigned match_any(__T&& value) const {
    return pack(__match_any_sync(mask_, details::match_bits(value)));
  }
  template <class __T>
  CG_DEVICE unsigned match_all(__T&& value, int& predicate) const {
    return pack(__match_all_sync(mask_, details::match_bits(value), &predicate));
  }
#endif
};

CG_DEVICE coalesced_group coalesced_threads() { return coalesced_group(__activemask()); }
}  // namespace cooperative_groups::__v1

#endif
