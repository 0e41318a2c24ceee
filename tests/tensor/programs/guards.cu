// Products that only some warps execute, or more often than others: each warp multiplies 16 by 16 tiles of its own.
#include "files.cuh"
#include "ways.cuh"

constexpr int SIDE = 16, AREA = SIDE * SIDE;

struct Job {
  const half *a, *b;
  const float* c;
  float* d;
  const int* counts;  // for each warp
  int warps;          // that do something
};

__device__ inline int warp() { return (blockIdx.x * blockDim.x + threadIdx.x) / 32; }

// Warps at the edge do nothing, and then wait with the others.
template <class Way>
__global__ void edge(Job j) {
  __shared__ int done;
  if (threadIdx.x == 0) done = 0;
  __syncthreads();
  const int w = warp();
  if (w < j.warps) {
    typename Way::Sums sums;
    Way::load(sums, j.c + w * AREA);
    for (int tile = 0; tile < 2; ++tile) Way::add(sums, j.a + tile * AREA, j.b + w * AREA);
    Way::store(j.d + w * AREA, sums);
    if (threadIdx.x % 32 == 0) atomicAdd(&done, 1);
  }
  __syncthreads();
  if (threadIdx.x == 0 && done != min(max(j.warps - w, 0), (int)blockDim.x / 32)) j.d[w * AREA] = NAN;
}

// Warps at the edge return before.
template <class Way>
__global__ void returning(Job j) {
  const int w = warp();
  if (w >= j.warps) return;
  typename Way::Sums sums;
  Way::load(sums, j.c + w * AREA);
  for (int tile = 0; tile < 2; ++tile) Way::add(sums, j.a + tile * AREA, j.b + w * AREA);
  Way::store(j.d + w * AREA, sums);
}

// Each warp's number of products comes from memory; some have none.
template <class Way>
__global__ void counted(Job j) {
  const int w = warp();
  typename Way::Sums sums;
  Way::load(sums, j.c + w * AREA);
#pragma unroll 1
  for (int tile = 0; tile < j.counts[w]; ++tile) Way::add(sums, j.a + tile * AREA, j.b + w * AREA);
  Way::store(j.d + w * AREA, sums);
}

// Warps leave the loop, or skip steps of it, as memory says.
template <class Way>
__global__ void skipping(Job j) {
  const int w = warp();
  typename Way::Sums sums;
  Way::load(sums, j.c + w * AREA);
#pragma unroll 1
  for (int tile = 0; tile < 4; ++tile) {
    if (tile == j.counts[w]) continue;
    if (tile == j.counts[w] + 2) break;
    Way::add(sums, j.a + tile * AREA, j.b + w * AREA);
  }
  Way::store(j.d + w * AREA, sums);
}

// One way for even warps, another for odd ones, and both go on with the same product.
template <class Way>
__global__ void choosing(Job j) {
  const int w = warp();
  typename Way::Sums sums;
  Way::load(sums, j.c + w * AREA);
  if (w % 2)
    Way::add(sums, j.a, j.b + w * AREA);
  else
    Way::add(sums, j.a + AREA, j.b);
  Way::add(sums, j.a + 2 * AREA, j.b + w * AREA);
  Way::store(j.d + w * AREA, sums);
}

// Warps wait for each other between products, which only some of them execute.
template <class Way>
__global__ void waiting(Job j) {
  const int w = warp();
  typename Way::Sums sums;
  Way::load(sums, j.c + w * AREA);
#pragma unroll 1
  for (int tile = 0; tile < 4; ++tile) {
    if (tile < j.counts[w]) Way::add(sums, j.a + tile * AREA, j.b + w * AREA);
    __syncthreads();
  }
  Way::store(j.d + w * AREA, sums);
}

template <class Way>
void run(Files& files, Job job, int threads, int tiles) {
  for (auto kernel : {edge<Way>, returning<Way>, counted<Way>, skipping<Way>, choosing<Way>, waiting<Way>}) {
    job.d = empty<float>(tiles * AREA);
    const dim3 block(threads);
    kernel<<<tiles / (threads / 32), block>>>(job);
    put(files, job.d, tiles * AREA);
  }
}

// Blocks of one, two and three warps.
int main(int, char** arguments) {
  Files files = opened(arguments);
  Job job = {};
  const int tiles = number<int>(files);
  job.warps = number<int>(files);
  job.a = given<half>(files), job.b = given<half>(files), job.c = given<float>(files), job.counts = given<int>(files);
  for (int threads : {32, 64, 96}) {
    run<Whole>(files, job, threads, tiles);
    run<Registers>(files, job, threads, tiles);
  }
}
