// cluster_group: the blocks of a cluster, which can address each other's shared memory. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_CLUSTER_H
#define CROSSWARP_COOPERATIVE_GROUPS_CLUSTER_H

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900
namespace cooperative_groups::__v1 {
class cluster_group {
  friend CG_DEVICE cluster_group this_cluster();
  CG_DEVICE cluster_group() {}

 public:
  struct arrival_token {};
  static CG_DEVICE void sync() {
    __cluster_barrier_arrive();
    __cluster_barrier_wait();
  }
  static CG_DEVICE arrival_token barrier_arrive() {
    __cluster_barrier_arrive();
    return arrival_token();
  }
  static CG_DEVICE void barrier_wait() { __cluster_barrier_wait(); }
  static CG_DEVICE void barrier_wait(arrival_token&&) { __cluster_barrier_wait(); }
  // The same variable in the shared memory of the block with a rank, and the rank of the block that has a variable.
  template <class __T>
  static CG_DEVICE __T* map_shared_rank(__T* address, int rank) {
    return (__T*)__cluster_map_shared_rank(address, (unsigned)rank);
  }
  static CG_DEVICE unsigned query_shared_rank(const void* address) { return __cluster_query_shared_rank(address); }
  static CG_DEVICE dim3 block_index() { return __clusterRelativeBlockIdx(); }
  static CG_DEVICE unsigned block_rank() { return __clusterRelativeBlockRank(); }
  static CG_DEVICE dim3 dim_blocks() { return __clusterDim(); }
  static CG_DEVICE unsigned num_blocks() { return __clusterSizeInBlocks(); }
  static CG_DEVICE dim3 thread_index() {
    const dim3 block = block_index();
    return dim3(block.x * blockDim.x + threadIdx.x, block.y * blockDim.y + threadIdx.y, block.z * blockDim.z + threadIdx.z);
  }
  static CG_DEVICE unsigned thread_rank() { return block_rank() * details::block_size() + details::block_rank(); }
  static CG_DEVICE dim3 dim_threads() {
    const dim3 blocks = dim_blocks();
    return dim3(blocks.x * blockDim.x, blocks.y * blockDim.y, blocks.z * blockDim.z);
  }
  static CG_DEVICE unsigned num_threads() { return num_blocks() * details::block_size(); }
  static CG_DEVICE unsigned size() { return num_threads(); }
};
CG_DEVICE cluster_group this_cluster() { return cluster_group(); }
}  // namespace cooperative_groups::__v1
#endif

#endif
