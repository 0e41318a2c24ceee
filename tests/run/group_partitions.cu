// Groups of less than a warp: coalesced, labelled, binary, nested and sized at run time; values of any type up to 32 bytes.
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>

#include <cstdio>
#include <type_traits>

namespace cg = cooperative_groups;

struct Pair {
  double weight;
  int index;
  char name[12];
};

// What a generic function may ask of any group.
__device__ int sum_through_base(const cg::thread_group& group, int* scratch, int value) {
  const int rank = (int)group.thread_rank();
  scratch[rank] = value;
  for (int half = (int)group.size() / 2; half > 0; half /= 2) {
    group.sync();
    if (rank < half) scratch[rank] += scratch[rank + half];
  }
  group.sync();
  return scratch[0];
}

__global__ void coalesced(int* out) {
  const int i = threadIdx.x;
  if (i % 3 == 1) {
    const cg::coalesced_group active = cg::coalesced_threads();
    const auto quarter = cg::tiled_partition(active, 4);
    static_assert(std::is_same<decltype(quarter), const cg::coalesced_group>::value, "a part of a coalesced group is one");
    out[i] = (int)active.thread_rank() + 100 * (int)active.size() + 10000 * (int)active.shfl(i, 2);
    out[32 + i] = cg::reduce(active, i, cg::plus<int>());
    out[64 + i] = cg::exclusive_scan(active, i) * 1000 + cg::inclusive_scan(active, 1);
    out[96 + i] = (int)active.ballot(i > 15) + 10000 * (int)quarter.meta_group_rank() + 100000 * (int)quarter.size();
    out[128 + i] = active.shfl_down(i, 1) * 100 + active.shfl_up(i, 1);
    out[160 + i] = cg::reduce(quarter, i, cg::greater<int>());
    int same = 0;
    active.match_all(7L, same);
    out[192 + i] = (int)active.match_any(i / 16) * 2 + same;
  }
}

__global__ void partitioned(int* out) {
  const cg::thread_block block = cg::this_thread_block();
  const auto warp = cg::tiled_partition<32>(block);
  const auto tile = cg::tiled_partition<8>(warp);
  const int i = (int)block.thread_rank();
  const auto odd = cg::binary_partition(warp, i % 2 == 1);
  const auto label = cg::labeled_partition(tile, i % 3);
  const auto nested = cg::binary_partition(label, i > 4);
  out[i] = cg::reduce(odd, i, cg::plus<int>()) + 10000 * (int)odd.meta_group_rank() + 100000 * (int)odd.thread_rank();
  out[64 + i] =
      cg::reduce(label, 1 << (i % 8), cg::bit_or<int>()) * 100 + (int)label.meta_group_rank() * 10 + (int)label.meta_group_size();
  out[128 + i] = (int)nested.size() * 100 + (int)tile.meta_group_rank() * 10 + (int)tile.meta_group_size();
}

__global__ void types(double* out) {
  const auto tile = cg::tiled_partition<16>(cg::this_thread_block());
  const int i = threadIdx.x;
  const Pair mine = {i * 0.5, i, {(char)('a' + i % 26)}};
  const Pair other = tile.shfl_xor(mine, 3);
  const auto heavier = [](const Pair& a, const Pair& b) { return a.weight < b.weight ? b : a; };
  const Pair heaviest = cg::reduce(tile, mine, heavier);
  out[i] = other.weight + other.index * 100 + other.name[0] * 10000;
  out[32 + i] = heaviest.index + heaviest.name[0] * 100;
  out[64 + i] = cg::reduce(tile, (unsigned char)i, cg::less<unsigned char>()) + cg::reduce(tile, 1.5, cg::plus<double>());
  out[96 + i] = (double)cg::reduce(tile, 1LL << (i + 20), cg::plus<long long>());
  // Not commutative: the order of ranks must hold.
  const auto digits = [](long long a, long long b) { return b < 10 ? a * 10 + b : a * 100000000 + b; };
  const auto eight = cg::tiled_partition<2>(tile);
  out[128 + i] = (double)cg::reduce(eight, (long long)(i % 10), digits);
  out[160 + i] = (double)cg::inclusive_scan(eight, (long long)(i % 10), digits);
}

__global__ void sized_at_run_time(int* out, unsigned size) {
  __shared__ int scratch[128];
  const cg::thread_block block = cg::this_thread_block();
  const cg::thread_group group = cg::tiled_partition(block, size);
  const int i = threadIdx.x;
  out[i] = sum_through_base(group, scratch + i / size * size, i);
  block.sync();
  out[128 + i] = sum_through_base(block, scratch, i);
  int one = 0;
  cg::invoke_one(block, [&](int value) { one = value; }, 1);
  out[256 + i] =
      (int)cg::this_thread().size() + __syncthreads_count(one) * 10 + (int)cg::group_size(cg::tiled_partition<4>(block)) * 100;
}

template <class T>
void show(const char* name, const T* out, int count) {
  const cudaError_t error = cudaDeviceSynchronize();
  printf("%s: %s", name, cudaGetErrorName(error));
  for (int i = 1; i < count; i += 15) printf(" %.0f", (double)out[i]);
  double sum = 0;
  for (int i = 0; i < count; ++i) sum += (double)out[i] * (i + 1);
  printf(", checksum %.0f\n", sum);
}

int main() {
  double* out;
  const size_t bytes = 512 * sizeof(double);
  cudaMallocManaged(&out, bytes);
  int* numbers = reinterpret_cast<int*>(out);
  cudaMemset(out, 0, bytes);
  coalesced<<<1, 32>>>(numbers);
  show("coalesced", numbers, 224);
  cudaMemset(out, 0, bytes);
  partitioned<<<1, 64>>>(numbers);
  show("partitioned", numbers, 192);
  cudaMemset(out, 0, bytes);
  types<<<1, 32>>>(out);
  show("types", out, 192);
  cudaMemset(out, 0, bytes);
  sized_at_run_time<<<1, 128>>>(numbers, 16);
  show("sized_at_run_time", numbers, 384);
}
