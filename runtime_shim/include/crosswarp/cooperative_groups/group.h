// thread_group: any group but tiles of more than a warp, for functions that do not care which. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_GROUP_H
#define CROSSWARP_COOPERATIVE_GROUPS_GROUP_H

namespace cooperative_groups::__v1 {
class thread_group {
  details::group_type type_;
  unsigned mask_ = 0, meta_rank_ = 0, meta_size_ = 1;
  unsigned long long size_, rank_;

 public:
  CG_DEVICE thread_group(const thread_block&)
      : type_(details::thread_block_id), size_(details::block_size()), rank_(details::block_rank()) {}
  CG_DEVICE thread_group(const grid_group&)
      : type_(details::grid_group_id), size_(grid_group::size()), rank_(grid_group::thread_rank()) {}
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900
  CG_DEVICE thread_group(const cluster_group&)
      : type_(details::cluster_group_id), size_(cluster_group::size()), rank_(cluster_group::thread_rank()) {}
#endif
  // Lanes of a warp.
  CG_DEVICE thread_group(unsigned mask, unsigned size, unsigned rank, unsigned meta_rank, unsigned meta_size)
      : type_(details::coalesced_group_id), mask_(mask), meta_rank_(meta_rank), meta_size_(meta_size), size_(size), rank_(rank) {}
  CG_DEVICE void sync() const {
    switch (type_) {
      case details::thread_block_id:
        return __syncthreads();
      case details::grid_group_id:
        return grid_group::sync();
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900
      case details::cluster_group_id:
        return cluster_group::sync();
#endif
      default:
        return __syncwarp(mask_);
    }
  }
  CG_DEVICE unsigned long long size() const { return size_; }
  CG_DEVICE unsigned long long num_threads() const { return size_; }
  CG_DEVICE unsigned long long thread_rank() const { return rank_; }
  CG_DEVICE unsigned get_type() const { return type_; }
  CG_DEVICE unsigned long long meta_group_rank() const { return meta_rank_; }
  CG_DEVICE unsigned long long meta_group_size() const { return meta_size_; }
  CG_DEVICE bool is_valid() const { return true; }
  CG_DEVICE unsigned get_mask() const { return mask_; }
};
}  // namespace cooperative_groups::__v1

#endif
