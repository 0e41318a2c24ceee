// Tiles of every size, of less and of more than a warp: members, shuffles, votes, reductions and scans against the host.
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>

#include <cstdio>
namespace cg = cooperative_groups;
template <int N>
__global__ void tiles(int* out) {
  cg::thread_block block = cg::this_thread_block();
  auto tile = cg::tiled_partition<N>(block);
  cg::thread_block_tile<N> any_parent = tile;
  const int v = (block.thread_rank() * 7) % 13;
  const int sum = cg::reduce(tile, v, cg::plus<int>());
  const int most = cg::reduce(any_parent, v, cg::greater<int>());
  const int incl = cg::inclusive_scan(tile, v);
  const int excl = cg::exclusive_scan(tile, v, [](int a, int b) { return a + b; });
  const int from = tile.shfl(v, 1 % N);
  const bool any = tile.any(v == 12), all = tile.all(v < 13);
  tile.sync();

  cg::sync(tile);
  if (sum < 0) out[0] = tile.size();
  int* o = out + block.thread_rank() * 8;
  o[0] = sum;
  o[1] = most;
  o[2] = incl;
  o[3] = excl;
  o[4] = from;
  o[5] = any * 2 + all;
  o[6] = tile.meta_group_rank() * 100 + tile.meta_group_size();
  o[7] = tile.thread_rank() + 1000 * cg::invoke_one_broadcast(cg::tiled_partition < N<32 ? N : 32>(block), [] { return 5; });
}
template <int N>
int check(int* out, int threads) {
  tiles<N><<<1, threads>>>(out);
  auto e = cudaDeviceSynchronize();
  int bad = 0;
  for (int t = 0; t < threads; ++t) {
    int first = t / N * N, sum = 0, most = 0, incl = 0, excl = 0, any = 0;
    for (int i = first; i < first + N && i < threads; ++i) {
      int v = i * 7 % 13;
      sum += v;
      most = v > most ? v : most;
      if (i <= t) incl += v;
      if (i < t) excl += v;
      any |= v == 12;
    }
    int* o = out + t * 8;
    bad += o[0] != sum || o[1] != most || o[2] != incl || o[3] != excl || o[4] != (first + 1 % N) * 7 % 13 || o[5] != any * 2 + 1 ||
           o[6] != t / N * 100 + (threads + N - 1) / N || o[7] != t % N + 5000;
  }
  printf("%d: %s %d wrong\n", N, cudaGetErrorName(e), bad);
  return bad;
}
int main() {
  int* out;
  cudaMallocManaged(&out, 1024 * 8 * 4);
  check<1>(out, 96);
  check<2>(out, 96);
  check<4>(out, 96);
  check<8>(out, 96);
  check<16>(out, 96);
  check<32>(out, 96);
  check<64>(out, 256);
  check<128>(out, 512);
  check<256>(out, 1024);
  check<512>(out, 1024);
  check<1024>(out, 1024);
}
