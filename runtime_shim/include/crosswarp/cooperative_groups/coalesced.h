// coalesced_group: the threads of a warp that are active together; ranks count them in lane order. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_COALESCED_H
#define CROSSWARP_COOPERATIVE_GROUPS_COALESCED_H

namespace cooperative_groups {
class coalesced_group {
  unsigned mask_, meta_rank_, meta_size_;
  // Lane of the thread with a rank.
  CG_DEVICE int lane_of(unsigned rank) const {
    unsigned rest = mask_;
    for (unsigned i = 0; i < rank; ++i) rest &= rest - 1;
    return __ffs((int)rest) - 1;
  }
  // Bits of lanes to bits of ranks.
  CG_DEVICE unsigned pack(unsigned lanes) const {
    if (mask_ == 0xffffffffu) return lanes;
    unsigned packed = 0, rank = 0;
    for (unsigned rest = mask_; rest != 0; rest &= rest - 1, ++rank) packed |= (lanes >> (__ffs((int)rest) - 1) & 1u) << rank;
    return packed;
  }

 public:
  explicit CG_DEVICE coalesced_group(unsigned mask, unsigned meta_rank = 0, unsigned meta_size = 1)
      : mask_(mask), meta_rank_(meta_rank), meta_size_(meta_size) {}
  CG_DEVICE operator thread_group() const {
    return thread_group(mask_, (unsigned)size(), (unsigned)thread_rank(), meta_rank_, meta_size_);
  }
  CG_DEVICE void sync() const { __syncwarp(mask_); }
  CG_DEVICE unsigned long long thread_rank() const { return __popc(mask_ & details::lanes_below()); }
  CG_DEVICE unsigned long long size() const { return __popc(mask_); }
  CG_DEVICE unsigned long long num_threads() const { return __popc(mask_); }
  CG_DEVICE unsigned long long meta_group_rank() const { return meta_rank_; }
  CG_DEVICE unsigned long long meta_group_size() const { return meta_size_; }
  CG_DEVICE unsigned get_mask() const { return mask_; }

  template <class __T>
  CG_DEVICE __T shfl(__T value, unsigned rank) const {
    const int from = lane_of(rank % (unsigned)size());
    return details::by_words(value, [=](unsigned word) { return __shfl_sync(mask_, word, from); });
  }
  // Threads past the end keep their own value.
  template <class __T>
  CG_DEVICE __T shfl_down(__T value, unsigned delta) const {
    const unsigned rank = (unsigned)thread_rank() + delta;
    const int from = rank < size() ? lane_of(rank) : (int)details::__lane();
    return details::by_words(value, [=](unsigned word) { return __shfl_sync(mask_, word, from); });
  }
  template <class __T>
  CG_DEVICE __T shfl_up(__T value, unsigned delta) const {
    const unsigned rank = (unsigned)thread_rank();
    const int from = rank >= delta ? lane_of(rank - delta) : (int)details::__lane();
    return details::by_words(value, [=](unsigned word) { return __shfl_sync(mask_, word, from); });
  }
  CG_DEVICE int any(int predicate) const { return __any_sync(mask_, predicate); }
  CG_DEVICE int all(int predicate) const { return __all_sync(mask_, predicate); }
  CG_DEVICE unsigned ballot(int predicate) const { return pack(__ballot_sync(mask_, predicate)); }
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
  template <class __T>
  CG_DEVICE unsigned match_any(__T value) const {
    return pack(__match_any_sync(mask_, value));
  }
  template <class __T>
  CG_DEVICE unsigned match_all(__T value, int& all) const {
    return pack(__match_all_sync(mask_, value, &all));
  }
#endif
};

CG_DEVICE coalesced_group coalesced_threads() { return coalesced_group(__activemask()); }

namespace details {
// The lanes of a group of at most a warp.
CG_DEVICE unsigned lanes_of(const coalesced_group& group) { return group.get_mask(); }
template <unsigned Size, class Parent>
CG_DEVICE unsigned lanes_of(const thread_block_tile<Size, Parent>& group) {
  return group.operator thread_group().get_mask();
}
}  // namespace details

// Groups of the threads with the same predicate or label.
template <class Group>
CG_DEVICE coalesced_group binary_partition(const Group& group, bool predicate) {
  const unsigned lanes = details::lanes_of(group), with = __ballot_sync(lanes, predicate);
  return coalesced_group(predicate ? with : lanes & ~with, predicate ? 0 : 1, 2);
}
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
template <class Group>
CG_DEVICE coalesced_group labeled_partition(const Group& group, int label) {
  const unsigned lanes = details::lanes_of(group), same = __match_any_sync(lanes, label);
  const unsigned leaders = __ballot_sync(lanes, (same & details::lanes_below()) == 0);
  return coalesced_group(same, __popc(leaders & ((same & -same) - 1u)), __popc(leaders));
}
#endif
}  // namespace cooperative_groups

#endif
