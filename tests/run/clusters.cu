// flags: -arch=sm_90 --targets=cpu
// Thread block clusters: barriers, the memory of other blocks, registers; sizes given by the kernel and by the launch.
#include <cooperative_groups.h>

#include <cstdio>

namespace cg = cooperative_groups;
constexpr int THREADS = 64;

// Each block sends its values around the ring of its cluster.
__device__ void ring(int* out, int steps) {
  __shared__ int slot[2][THREADS];
  const cg::cluster_group cluster = cg::this_cluster();
  const unsigned rank = cluster.block_rank(), next = (rank + 1) % cluster.num_blocks();
  const int i = threadIdx.x;
  slot[0][i] = blockIdx.x * 1000 + i;
  cluster.sync();
  for (int step = 0; step < steps; ++step) {
    int* there = cluster.map_shared_rank(&slot[(step + 1) % 2][0], next);
    if (cluster.query_shared_rank(there) != next || cluster.query_shared_rank(slot) != rank) out[blockIdx.x * THREADS + i] = -1;
    there[i] = slot[step % 2][i] + 1;
    cluster.barrier_arrive();
    __syncthreads();
    cluster.barrier_wait();
  }
  out[blockIdx.x * THREADS + i] += slot[steps % 2][i];
}
__global__ void __cluster_dims__(4, 1, 1) ring_of_four(int* out, int steps) { ring(out, steps); }
__global__ void ring_of_launch(int* out, int steps) { ring(out, steps); }

__global__ void registers(int* out) {
  const cg::cluster_group cluster = cg::this_cluster();
  const dim3 index = cluster.block_index(), size = cluster.dim_blocks(), which = cg::this_grid().cluster_index();
  const unsigned block = (blockIdx.y * gridDim.x + blockIdx.x);
  if (cluster.thread_rank() == cluster.block_rank() * cluster.num_threads() / cluster.num_blocks()) {
    out[block] = index.x + 10 * index.y + 100 * size.x + 1000 * size.y + 10000 * which.x + 100000 * which.y +
                 1000000 * cluster.block_rank() + 10000000 * __clusterDimIsSpecified();
  }
}

// Sums over all blocks: clusters within a cooperative grid.
__global__ void both(int* sums, int* out) {
  __shared__ int sum;
  if (threadIdx.x == 0) sum = 0;
  cg::this_cluster().sync();
  atomicAdd(cg::this_cluster().map_shared_rank(&sum, 0), 1);
  cg::this_cluster().sync();
  if (cg::this_cluster().thread_rank() == 0) atomicAdd(sums, sum);
  cg::this_grid().sync();
  out[blockIdx.x * THREADS + threadIdx.x] = *sums;
}

template <class... Arguments>
cudaError_t launch(void (*kernel)(Arguments...), dim3 grid, dim3 cluster, bool cooperative, Arguments... arguments) {
  cudaLaunchAttribute attributes[2] = {};
  attributes[0].id = cudaLaunchAttributeClusterDimension;
  attributes[0].val.clusterDim.x = cluster.x;
  attributes[0].val.clusterDim.y = cluster.y;
  attributes[0].val.clusterDim.z = cluster.z;
  attributes[1].id = cudaLaunchAttributeCooperative;
  attributes[1].val.cooperative = cooperative;
  cudaLaunchConfig_t config = {};
  config.gridDim = grid;
  config.blockDim = THREADS;
  config.attrs = attributes;
  config.numAttrs = 2;
  return cudaLaunchKernelEx(&config, kernel, arguments...);
}

void check_ring(const char* name, const int* out, int blocks, int cluster, int steps) {
  const cudaError_t error = cudaDeviceSynchronize();
  int wrong = 0;
  for (int b = 0; b < blocks; ++b) {
    const int from = b / cluster * cluster + (b + cluster * steps - steps) % cluster;
    for (int i = 0; i < THREADS; ++i) wrong += out[b * THREADS + i] != from * 1000 + i + steps;
  }
  printf("%s: %s, %d wrong\n", name, cudaGetErrorName(error), wrong);
}

int main() {
  constexpr int BLOCKS = 120;
  constexpr size_t BYTES = BLOCKS * THREADS * sizeof(int);
  int *out, *sums;
  cudaMallocManaged(&out, BYTES);
  cudaMallocManaged(&sums, sizeof(int));
  cudaMemset(out, 0, BYTES);
  ring_of_four<<<BLOCKS, THREADS>>>(out, 7);
  check_ring("of the kernel", out, BLOCKS, 4, 7);
  for (int cluster : {1, 2, 3, 8}) {
    cudaMemset(out, 0, BYTES);
    const cudaError_t error = launch(ring_of_launch, BLOCKS, cluster, false, out, 5);
    printf("%s: ", cudaGetErrorName(error));
    check_ring("of the launch", out, BLOCKS, cluster, 5);
  }
  cudaMemset(out, 0, BYTES);
  launch(registers, dim3(4, 6), dim3(2, 3), false, out);
  cudaDeviceSynchronize();
  for (int b = 0; b < 24; ++b) printf("%d%c", out[b], b % 4 == 3 ? '\n' : ' ');
  *sums = 0;
  printf("%s: ", cudaGetErrorName(launch(both, BLOCKS, 4, true, sums, out)));
  const cudaError_t error = cudaDeviceSynchronize();
  printf("both: %s %d %d\n", cudaGetErrorName(error), out[0] == BLOCKS * THREADS, out[BLOCKS * THREADS - 1] == BLOCKS * THREADS);
  printf("%s\n", cudaGetErrorName(launch(ring_of_launch, 10, 4, false, out, 5)));
  printf("%s\n", cudaGetErrorName(launch(ring_of_launch, 32, 16, false, out, 5)));
  ring_of_four<<<6, THREADS>>>(out, 7);
  printf("%s\n", cudaGetErrorName(cudaGetLastError()));
}
