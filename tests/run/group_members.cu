// Members of groups that answer questions: each wrong answer is printed.
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>

#include <cstdio>

namespace cg = cooperative_groups;

__device__ unsigned wrong;
#define EXPECT(condition) ((condition) ? void() : (void)(atomicAdd(&wrong, 1u), printf("wrong: %s\n", #condition)))

__device__ bool equal(dim3 a, unsigned x, unsigned y, unsigned z) { return a.x == x && a.y == y && a.z == z; }

__device__ void check_block(const cg::thread_block& block, unsigned rank, int* shared) {
  EXPECT(equal(block.dim_threads(), 16, 4, 1) && equal(block.group_dim(), 16, 4, 1) && block.num_threads() == 64);
  EXPECT(equal(block.group_index(), blockIdx.x, 0, 0) && equal(block.thread_index(), threadIdx.x, threadIdx.y, 0));
  EXPECT(cg::is_valid(block) && cg::thread_rank(block) == rank);
  shared[rank] = rank;
  cg::thread_block::arrival_token token = block.barrier_arrive();
  block.barrier_wait(static_cast<cg::thread_block::arrival_token&&>(token));
  EXPECT(shared[63 - rank] == 63 - rank);
  cg::thread_group any = block;
  EXPECT(any.num_threads() == 64 && any.is_valid() && any.get_type() == cg::thread_group(cg::this_thread_block()).get_type());
}

__device__ void check_grid(const cg::grid_group& grid, unsigned rank) {
  EXPECT(grid.is_valid() && equal(grid.dim_blocks(), 3, 1, 1) && equal(grid.group_dim(), 3, 1, 1));
  EXPECT(equal(grid.block_index(), blockIdx.x, 0, 0) && grid.block_rank() == blockIdx.x && grid.num_blocks() == 3);
  EXPECT(equal(grid.dim_threads(), 48, 4, 1) && grid.num_threads() == 192);
  EXPECT(equal(grid.thread_index(), blockIdx.x * 16 + threadIdx.x, threadIdx.y, 0));
  EXPECT(grid.thread_rank() == blockIdx.x * 64 + rank);
}

__device__ void check_tile(const cg::thread_block_tile<8, cg::thread_block>& tile) {
  const unsigned lane = tile.thread_rank();
  int all = -1;
  EXPECT(tile.num_threads() == 8 && tile.shfl_up(lane, 2) == (lane < 2 ? lane : lane - 2));
  EXPECT(tile.match_any(lane / 4) == (lane < 4 ? 0x0fu : 0xf0u));
  EXPECT(tile.match_all(5, all) == 0xffu && all == 1);
  EXPECT(tile.match_all(lane, all) == 0 && all == 0);
  EXPECT(cg::reduce(tile, 0xf0u | 1u << lane, cg::bit_and<unsigned>()) == 0xf0u);
  EXPECT(cg::reduce(tile, 1u << lane, cg::bit_xor<unsigned>()) == 0xffu);
  EXPECT(cg::this_thread().size() == 1 && cg::this_thread().thread_rank() == 0);
}

__device__ void check_coalesced(unsigned rank) {
  if (rank % 3 != 0) return;
  const cg::coalesced_group group = cg::coalesced_threads();
  group.sync();
  EXPECT(group.num_threads() == 11 && group.all(1) && !group.all(rank % 2));
  EXPECT(group.any(rank % 2) && !group.any(0));
}

__global__ void kernel() {
  __shared__ int shared[64];
  __shared__ cg::block_tile_memory<64> memory;
  const cg::thread_block block = cg::this_thread_block(memory);
  const unsigned rank = threadIdx.y * 16 + threadIdx.x;
  check_block(block, rank, shared);
  check_grid(cg::this_grid(), rank);
  check_tile(cg::tiled_partition<8>(block));
  check_coalesced(rank);
}

int main() {
  cudaLaunchCooperativeKernel((const void*)kernel, dim3(3), dim3(16, 4), nullptr);
  const cudaError_t error = cudaDeviceSynchronize();
  unsigned count = 1;
  cudaMemcpyFromSymbol(&count, wrong, sizeof(count));
  printf("%u wrong, %s\n", count, cudaGetErrorName(error));
}
