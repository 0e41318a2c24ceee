// thread_block_tile<N>: a block, or a wider tile, in pieces of N consecutive threads; N is a power of two up to 32.
// Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_TILE_H
#define CROSSWARP_COOPERATIVE_GROUPS_TILE_H

namespace cooperative_groups {
namespace details {
// Moves values of any trivially copyable type up to 32 bytes in words.
template <class __T, class Shuffle>
CG_DEVICE __T by_words(__T value, Shuffle shuffle) {
  static_assert(sizeof(__T) <= 32, "shuffles move at most 32 bytes");
  unsigned words[(sizeof(__T) + 3) / 4] = {};
  __builtin_memcpy(words, &value, sizeof(__T));
  for (unsigned& word : words) word = shuffle(word);
  __builtin_memcpy(&value, words, sizeof(__T));
  return value;
}
}  // namespace details

template <unsigned int Size, class Parent = void>
class thread_block_tile {
  static_assert(Size > 0 && Size <= 32 && (Size & (Size - 1)) == 0, "tiles of more than a warp are not supported");
  template <unsigned int OtherSize, class Group>
  friend CG_DEVICE thread_block_tile<OtherSize, Group> tiled_partition(const Group&);

 protected:
  unsigned meta_rank_, meta_size_;
  CG_DEVICE thread_block_tile(unsigned meta_rank, unsigned meta_size) : meta_rank_(meta_rank), meta_size_(meta_size) {}
  static CG_DEVICE unsigned first_lane() { return details::__lane() & ~(Size - 1); }
  // Lanes of the tile; the shift is undefined for a full warp.
  static CG_DEVICE unsigned mask() { return Size == 32 ? 0xffffffffu : ((1u << (Size & 31)) - 1u) << first_lane(); }

 public:
  // A tile forgets what it is a part of.
  template <class OtherParent>
  CG_DEVICE thread_block_tile(const thread_block_tile<Size, OtherParent>& other)
      : meta_rank_(other.meta_group_rank()), meta_size_(other.meta_group_size()) {}
  CG_DEVICE operator thread_group() const { return thread_group(mask(), Size, thread_rank(), meta_rank_, meta_size_); }

  static CG_DEVICE void sync() { __syncwarp(mask()); }
  static CG_DEVICE unsigned long long thread_rank() { return details::__lane() & (Size - 1); }
  static constexpr CG_DEVICE unsigned long long size() { return Size; }
  static constexpr CG_DEVICE unsigned long long num_threads() { return Size; }
  CG_DEVICE unsigned long long meta_group_rank() const { return meta_rank_; }
  CG_DEVICE unsigned long long meta_group_size() const { return meta_size_; }

  template <class __T>
  CG_DEVICE __T shfl(__T value, int rank) const {
    return details::by_words(value, [=](unsigned word) { return __shfl_sync(mask(), word, rank, (int)Size); });
  }
  template <class __T>
  CG_DEVICE __T shfl_up(__T value, unsigned delta) const {
    return details::by_words(value, [=](unsigned word) { return __shfl_up_sync(mask(), word, delta, (int)Size); });
  }
  template <class __T>
  CG_DEVICE __T shfl_down(__T value, unsigned delta) const {
    return details::by_words(value, [=](unsigned word) { return __shfl_down_sync(mask(), word, delta, (int)Size); });
  }
  template <class __T>
  CG_DEVICE __T shfl_xor(__T value, unsigned lanes) const {
    return details::by_words(value, [=](unsigned word) { return __shfl_xor_sync(mask(), word, (int)lanes, (int)Size); });
  }
  CG_DEVICE int any(int predicate) const { return __any_sync(mask(), predicate); }
  CG_DEVICE int all(int predicate) const { return __all_sync(mask(), predicate); }
  // Bit 0 is the tile's first thread.
  CG_DEVICE unsigned ballot(int predicate) const { return __ballot_sync(mask(), predicate) >> first_lane(); }
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
  template <class __T>
  CG_DEVICE unsigned match_any(__T value) const {
    return __match_any_sync(mask(), value) >> first_lane();
  }
  template <class __T>
  CG_DEVICE unsigned match_all(__T value, int& all) const {
    return __match_all_sync(mask(), value, &all) >> first_lane();
  }
#endif
};

// Cuts a group into tiles. A tile of a tile counts within that tile.
template <unsigned int Size, class Group>
CG_DEVICE thread_block_tile<Size, Group> tiled_partition(const Group& group) {
  const unsigned threads = (unsigned)group.size(), rank = (unsigned)group.thread_rank();
  return thread_block_tile<Size, Group>(rank / Size, (threads + Size - 1) / Size);
}
template <unsigned int Size>
CG_DEVICE thread_block_tile<Size, void> tiled_partition(const thread_block& group) {
  return tiled_partition<Size, thread_block>(group);
}
// The run-time form. `size` is a power of two up to 32.
CG_DEVICE thread_group tiled_partition(const thread_group& group, unsigned size) {
  const unsigned first = details::__lane() & ~(size - 1);
  const unsigned mask = (size == 32 ? 0xffffffffu : (1u << (size & 31)) - 1u) << first;
  const unsigned rank = (unsigned)group.thread_rank();
  return thread_group(mask, size, details::__lane() & (size - 1), rank / size, ((unsigned)group.size() + size - 1) / size);
}
}  // namespace cooperative_groups

#endif
