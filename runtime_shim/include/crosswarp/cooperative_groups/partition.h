// Groups cut into smaller ones. All threads of the parent take part. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_PARTITION_H
#define CROSSWARP_COOPERATIVE_GROUPS_PARTITION_H

namespace cooperative_groups::__v1 {
template <unsigned int Size, class Group>
CG_DEVICE thread_block_tile<Size, Group> tiled_partition(const Group& group) {
  if constexpr (Size > 32) details::prepare_wide_tiles<Size>(group);
  const unsigned threads = (unsigned)group.size(), rank = (unsigned)group.thread_rank();
  return thread_block_tile<Size, Group>(rank / Size, (threads + Size - 1) / Size);
}
namespace details {
// Run-time sizes: a power of two, at most a warp.
CG_DEVICE void check_tile_size(unsigned size) {
  if (size == 0 || size > 32 || (size & (size - 1)) != 0) __trap();
}
}  // namespace details
CG_DEVICE thread_group tiled_partition(const thread_group& group, unsigned size) {
  details::check_tile_size(size);
  const unsigned rank = (unsigned)group.thread_rank(), first = details::__lane() & ~(size - 1);
  const unsigned mask = (size == 32 ? 0xffffffffu : (1u << (size & 31)) - 1u) << first;
  return thread_group(mask, size, details::__lane() & (size - 1), rank / size, ((unsigned)group.size() + size - 1) / size);
}
CG_DEVICE thread_group tiled_partition(const thread_block& group, unsigned size) {
  return tiled_partition(thread_group(group), size);
}
// Ranks `size` apart; the last piece may be smaller.
CG_DEVICE coalesced_group tiled_partition(const coalesced_group& group, unsigned size) {
  details::check_tile_size(size);
  const unsigned piece = group.thread_rank() / size, pieces = (group.size() + size - 1) / size;
  unsigned mask = 0, rank = 0;
  for (unsigned rest = group.lanes(); rest != 0; rest &= rest - 1, ++rank) {
    if (rank / size == piece) mask |= rest & -rest;
  }
  return coalesced_group(mask, piece, pieces);
}

// Groups of the threads with the same predicate or label.
template <class Group>
CG_DEVICE coalesced_group binary_partition(const Group& group, bool predicate) {
  const unsigned lanes = group.lanes(), with = __ballot_sync(lanes, predicate);
  return coalesced_group(predicate ? with : lanes & ~with, predicate ? 1 : 0, 2);
}
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
template <class Group, class Label>
CG_DEVICE coalesced_group labeled_partition(const Group& group, Label label) {
  const unsigned lanes = group.lanes(), same = __match_any_sync(lanes, details::match_bits(label));
  const unsigned leaders = __ballot_sync(lanes, (same & details::lanes_below()) == 0);
  return coalesced_group(same, __popc(leaders & ((same & -same) - 1u)), __popc(leaders));
}
#endif

namespace experimental {
// Where these were before CUDA 12.
using cooperative_groups::this_thread_block;
using cooperative_groups::thread_block;
using cooperative_groups::thread_block_tile;
using cooperative_groups::tiled_partition;
template <unsigned TileCommunicationSize = 8, unsigned MaxBlockSize = 1024>
struct block_tile_memory : cooperative_groups::block_tile_memory<MaxBlockSize> {};
template <unsigned TileCommunicationSize, unsigned MaxBlockSize>
CG_DEVICE thread_block this_thread_block(block_tile_memory<TileCommunicationSize, MaxBlockSize>&) {
  return cooperative_groups::this_thread_block();
}
}  // namespace experimental
}  // namespace cooperative_groups::__v1

#endif
