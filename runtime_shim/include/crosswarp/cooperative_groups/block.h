// thread_block: the threads of a block. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_BLOCK_H
#define CROSSWARP_COOPERATIVE_GROUPS_BLOCK_H

namespace cooperative_groups::__v1 {
class thread_group;
namespace details {
// x runs fastest, as in CUDA's thread numbering.
CG_DEVICE unsigned linear(uint3 index, uint3 size) { return (index.z * size.y + index.y) * size.x + index.x; }
CG_DEVICE unsigned __lane(void) { return __nvvm_read_ptx_sreg_laneid(); }
CG_DEVICE unsigned lanes_below(void) { return (1u << __lane()) - 1u; }
CG_DEVICE unsigned block_rank(void) { return linear(threadIdx, blockDim); }
CG_DEVICE unsigned block_size(void) { return blockDim.x * blockDim.y * blockDim.z; }

// What a thread_group is made from, as get_type() numbers it.
enum group_type : unsigned {
  coalesced_group_id = 1,
  multi_grid_group_id,
  grid_group_id,
  thread_block_id,
  multi_tile_group_id,
  cluster_group_id
};
}  // namespace details

// Shared memory that a program sets aside for tiles of more than a warp, on architectures that need it. Here tiles bring their own.
template <unsigned MaxBlockSize = 1024>
struct block_tile_memory {
  char unused;
};

class thread_block {
  friend CG_DEVICE thread_block this_thread_block();
  CG_DEVICE thread_block() {}

 public:
  struct arrival_token {};
  static CG_DEVICE void sync() { __syncthreads(); }
  // The block's barrier needs every thread's arrival before any may pass: arriving alone promises nothing, waiting does all.
  static CG_DEVICE arrival_token barrier_arrive() { return arrival_token(); }
  static CG_DEVICE void barrier_wait(arrival_token&&) { __syncthreads(); }
  static CG_DEVICE unsigned int thread_rank() { return details::block_rank(); }
  static CG_DEVICE unsigned int size() { return details::block_size(); }
  static CG_DEVICE unsigned int num_threads() { return details::block_size(); }
  static CG_DEVICE dim3 group_index() { return blockIdx; }
  static CG_DEVICE dim3 thread_index() { return threadIdx; }
  static CG_DEVICE dim3 group_dim() { return blockDim; }
  static CG_DEVICE dim3 dim_threads() { return blockDim; }
};
CG_DEVICE thread_block this_thread_block() { return thread_block(); }
template <unsigned MaxBlockSize>
CG_DEVICE thread_block this_thread_block(block_tile_memory<MaxBlockSize>&) {
  return this_thread_block();
}
}  // namespace cooperative_groups::__v1

#endif
