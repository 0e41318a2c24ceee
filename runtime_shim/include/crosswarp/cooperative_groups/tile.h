// thread_block_tile<N>: a group in pieces of N consecutive threads; N is a power of two. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_TILE_H
#define CROSSWARP_COOPERATIVE_GROUPS_TILE_H

namespace cooperative_groups::__v1 {
namespace details {
// What a tile of at most a warp can do.
template <unsigned Size, bool within_warp = (Size <= 32)>
class tile_members {
 protected:
  unsigned meta_rank_, meta_size_;
  CG_DEVICE tile_members(unsigned meta_rank, unsigned meta_size) : meta_rank_(meta_rank), meta_size_(meta_size) {}
  static CG_DEVICE unsigned first_lane() { return __lane() & ~(Size - 1); }
  // Lanes of the tile; the shift is undefined for a full warp.
  static CG_DEVICE unsigned mask() { return Size == 32 ? 0xffffffffu : ((1u << (Size & 31)) - 1u) << first_lane(); }

 public:
  CG_DEVICE operator thread_group() const;
  static CG_DEVICE void sync() { __syncwarp(mask()); }
  static CG_DEVICE unsigned thread_rank() { return __lane() & (Size - 1); }
  static CG_DEVICE unsigned lanes() { return mask(); }

  template <class __T>
  CG_DEVICE typename plain<__T>::type shfl(__T&& value, int rank) const {
    return by_words(value, [=](unsigned word) { return __shfl_sync(mask(), word, rank, (int)Size); });
  }
  template <class __T>
  CG_DEVICE typename plain<__T>::type shfl_up(__T&& value, unsigned delta) const {
    return by_words(value, [=](unsigned word) { return __shfl_up_sync(mask(), word, delta, (int)Size); });
  }
  template <class __T>
  CG_DEVICE typename plain<__T>::type shfl_down(__T&& value, unsigned delta) const {
    return by_words(value, [=](unsigned word) { return __shfl_down_sync(mask(), word, delta, (int)Size); });
  }
  template <class __T>
  CG_DEVICE typename plain<__T>::type shfl_xor(__T&& value, unsigned lane_mask) const {
    return by_words(value, [=](unsigned word) { return __shfl_xor_sync(mask(), word, (int)lane_mask, (int)Size); });
  }
  CG_DEVICE int any(int predicate) const { return __any_sync(mask(), predicate); }
  CG_DEVICE int all(int predicate) const { return __all_sync(mask(), predicate); }
  // Bit 0 is the tile's first thread.
  CG_DEVICE unsigned ballot(int predicate) const { return __ballot_sync(mask(), predicate) >> first_lane(); }
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
  template <class __T>
  CG_DEVICE unsigned match_any(__T&& value) const {
    return __match_any_sync(mask(), match_bits(value)) >> first_lane();
  }
  template <class __T>
  CG_DEVICE unsigned match_all(__T&& value, int& predicate) const {
    return __match_all_sync(mask(), match_bits(value), &predicate) >> first_lane();
  }
#endif
};
}  // namespace details
}  // namespace cooperative_groups::__v1

#include "wide_tile.h"

namespace cooperative_groups::__v1 {
template <unsigned int Size, class Parent = void>
class thread_block_tile : public details::tile_members<Size> {
  static_assert(Size > 0 && Size <= 1024 && (Size & (Size - 1)) == 0, "a tile has a power of two of threads, at most 1024");
  typedef details::tile_members<Size> members;
  template <unsigned int OtherSize, class Group>
  friend CG_DEVICE thread_block_tile<OtherSize, Group> tiled_partition(const Group&);
  friend CG_DEVICE thread_block_tile<1, void> this_thread();

 protected:
  CG_DEVICE thread_block_tile(unsigned meta_rank, unsigned meta_size) : members(meta_rank, meta_size) {}

 public:
  // A tile forgets what it is a part of.
  template <class OtherParent>
  CG_DEVICE thread_block_tile(const thread_block_tile<Size, OtherParent>& other)
      : members(other.meta_group_rank(), other.meta_group_size()) {}
  static constexpr CG_DEVICE unsigned size() { return Size; }
  static constexpr CG_DEVICE unsigned num_threads() { return Size; }
  CG_DEVICE unsigned meta_group_rank() const { return this->meta_rank_; }
  CG_DEVICE unsigned meta_group_size() const { return this->meta_size_; }
};
CG_DEVICE thread_block_tile<1, void> this_thread() { return thread_block_tile<1, void>(0, 1); }
}  // namespace cooperative_groups::__v1

#include "group.h"

namespace cooperative_groups::__v1 {
namespace details {
template <unsigned Size, bool within_warp>
CG_DEVICE tile_members<Size, within_warp>::operator thread_group() const {
  return thread_group(mask(), Size, thread_rank(), meta_rank_, meta_size_);
}
}  // namespace details
}  // namespace cooperative_groups::__v1

#endif
