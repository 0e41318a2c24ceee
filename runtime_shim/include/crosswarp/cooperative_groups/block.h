// thread_block and the type-erased thread_group. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_BLOCK_H
#define CROSSWARP_COOPERATIVE_GROUPS_BLOCK_H

namespace cooperative_groups {
namespace details {
// x runs fastest, as in CUDA's thread numbering.
CG_DEVICE unsigned linear(uint3 index, uint3 size) { return (index.z * size.y + index.y) * size.x + index.x; }
CG_DEVICE unsigned __lane(void) { return __nvvm_read_ptx_sreg_laneid(); }
CG_DEVICE unsigned lanes_below(void) { return (1u << __lane()) - 1u; }
CG_DEVICE unsigned block_rank(void) { return linear(threadIdx, blockDim); }
CG_DEVICE unsigned block_size(void) { return blockDim.x * blockDim.y * blockDim.z; }
}  // namespace details

class thread_block {
  friend CG_DEVICE thread_block this_thread_block();
  CG_DEVICE thread_block() {}

 public:
  static CG_DEVICE void sync() { __syncthreads(); }
  static CG_DEVICE unsigned int thread_rank() { return details::block_rank(); }
  static CG_DEVICE unsigned int size() { return details::block_size(); }
  static CG_DEVICE unsigned int num_threads() { return details::block_size(); }
  static CG_DEVICE dim3 group_index() { return blockIdx; }
  static CG_DEVICE dim3 thread_index() { return threadIdx; }
  static CG_DEVICE dim3 group_dim() { return blockDim; }
  static CG_DEVICE dim3 dim_threads() { return blockDim; }
  struct arrival_token {};
  static CG_DEVICE arrival_token barrier_arrive() { return arrival_token(); }
  static CG_DEVICE void barrier_wait(arrival_token&&) { __syncthreads(); }
};
CG_DEVICE thread_block this_thread_block() { return thread_block(); }

// Any group of at most a warp, or a block: what functions take that do not care which.
class thread_group {
  unsigned mask_, size_, rank_, meta_rank_, meta_size_;
  bool block_;

 public:
  CG_DEVICE thread_group(const thread_block&)
      : mask_(0), size_(details::block_size()), rank_(details::block_rank()), meta_rank_(0), meta_size_(1), block_(true) {}
  CG_DEVICE thread_group(unsigned mask, unsigned size, unsigned rank, unsigned meta_rank, unsigned meta_size)
      : mask_(mask), size_(size), rank_(rank), meta_rank_(meta_rank), meta_size_(meta_size), block_(false) {}
  CG_DEVICE void sync() const {
    if (block_) {
      __syncthreads();
    } else {
      __syncwarp(mask_);
    }
  }
  CG_DEVICE unsigned long long size() const { return size_; }
  CG_DEVICE unsigned long long num_threads() const { return size_; }
  CG_DEVICE unsigned long long thread_rank() const { return rank_; }
  CG_DEVICE unsigned long long meta_group_rank() const { return meta_rank_; }
  CG_DEVICE unsigned long long meta_group_size() const { return meta_size_; }
  CG_DEVICE bool is_valid() const { return true; }
  CG_DEVICE unsigned get_mask() const { return mask_; }
  CG_DEVICE bool is_block() const { return block_; }
};
}  // namespace cooperative_groups

#endif
