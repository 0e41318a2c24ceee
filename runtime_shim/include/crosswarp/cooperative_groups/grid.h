// grid_group: all threads of a cooperative launch. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_GRID_H
#define CROSSWARP_COOPERATIVE_GROUPS_GRID_H

namespace cooperative_groups::__v1 {
class grid_group {
  friend CG_DEVICE grid_group this_grid();
  CG_DEVICE grid_group() {}

 public:
  typedef unsigned int arrival_token;
  // Needs cudaLaunchCooperativeKernel; a fence for all memory of the device comes with it.
  static CG_DEVICE void sync() { __cw_grid_sync(); }
  static CG_DEVICE arrival_token barrier_arrive() { return __cw_grid_arrive(); }
  static CG_DEVICE void barrier_wait(arrival_token&& token) { __cw_grid_wait(token); }
  static CG_DEVICE bool is_valid() { return true; }
  static CG_DEVICE unsigned long long num_blocks() { return (unsigned long long)gridDim.x * gridDim.y * gridDim.z; }
  static CG_DEVICE unsigned long long block_rank() {
    return ((unsigned long long)blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
  }
  static CG_DEVICE unsigned long long num_threads() { return num_blocks() * details::block_size(); }
  static CG_DEVICE unsigned long long size() { return num_threads(); }
  static CG_DEVICE unsigned long long thread_rank() { return block_rank() * details::block_size() + details::block_rank(); }
  static CG_DEVICE dim3 group_dim() { return gridDim; }
  static CG_DEVICE dim3 dim_blocks() { return gridDim; }
  static CG_DEVICE dim3 block_index() { return blockIdx; }
  static CG_DEVICE dim3 dim_threads() { return dim3(gridDim.x * blockDim.x, gridDim.y * blockDim.y, gridDim.z * blockDim.z); }
  static CG_DEVICE dim3 thread_index() {
    return dim3(blockIdx.x * blockDim.x + threadIdx.x, blockIdx.y * blockDim.y + threadIdx.y,
                blockIdx.z * blockDim.z + threadIdx.z);
  }
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900
  static CG_DEVICE dim3 cluster_index() { return __clusterIdx(); }
  static CG_DEVICE dim3 dim_clusters() { return __clusterGridDimInClusters(); }
  static CG_DEVICE unsigned long long cluster_rank() { return details::linear(__clusterIdx(), __clusterGridDimInClusters()); }
  static CG_DEVICE unsigned long long num_clusters() {
    const dim3 clusters = dim_clusters();
    return (unsigned long long)clusters.x * clusters.y * clusters.z;
  }
#endif
};
CG_DEVICE grid_group this_grid() { return grid_group(); }
}  // namespace cooperative_groups::__v1

#endif
