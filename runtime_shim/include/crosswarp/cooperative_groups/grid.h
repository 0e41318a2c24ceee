// grid_group: all threads of a cooperative launch. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_GRID_H
#define CROSSWARP_COOPERATIVE_GROUPS_GRID_H

namespace cooperative_groups {
class grid_group {
  friend CG_DEVICE grid_group this_grid();
  CG_DEVICE grid_group() {}

 public:
  // Needs cudaLaunchCooperativeKernel; a fence for all memory of the device comes with it.
  CG_DEVICE void sync() const { __cw_grid_sync(); }
  CG_DEVICE bool is_valid() const { return true; }
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
};
CG_DEVICE grid_group this_grid() { return grid_group(); }
}  // namespace cooperative_groups

#endif
